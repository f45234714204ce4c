using System.Numerics;
using System.Numerics.Tensors;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>The lower triangle of a bᵀ, with something added on the diagonal: the gradient of a factor, written once.</summary>
internal readonly record struct LowerOuterProduct : IAddressOperation
{
    public string Name => "lower outer product";

    /// <summary>[n, n] for three vectors [n] of one type.</summary>
    public static Tensor Of(Tensor a, Tensor b, Tensor diagonal) =>
        Executor.Apply(default(LowerOuterProduct), new TensorSpec([a.Shape[0], a.Shape[0]], a.DType), a.In(Layout.RowMajor), b.In(Layout.RowMajor),
            diagonal.In(Layout.RowMajor));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input switch
    {
        0 => upstream.LowerTriangle().MatMul(inputs[1]),
        1 => inputs[0].MatMul(upstream.LowerTriangle()),
        _ => upstream.Diagonal(),
    };

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        result.Count == 0 ? null : (typeof(LowerOuterProduct).GetMethod(nameof(OnMemory))!, [result[0]]);

    /// <summary>The product on plain memory.</summary>
    public static void OnMemory(nint a, nint b, nint diagonal, nint y, int n) =>
        Run(PlainMemory.Read(a, n), PlainMemory.Read(b, n), PlainMemory.Read(diagonal, n), PlainMemory.Write(y, n * n));

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(inputs[0].Read<T>(), inputs[1].Read<T>(), inputs[2].Read<T>(), output.Write<T>());

    private static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> diagonal, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Length; i++)
        {
            Span<T> row = y.Slice(i * a.Length, a.Length);
            TensorPrimitives.Multiply(b[..(i + 1)], a[i], row[..(i + 1)]);
            row[i] += diagonal[i];
            row[(i + 1)..].Clear();
        }
    }
}
