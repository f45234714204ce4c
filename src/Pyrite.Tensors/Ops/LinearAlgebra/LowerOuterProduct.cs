using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>The lower triangle of a bᵀ, with something added on the diagonal: the gradient of a factor, written once.</summary>
internal readonly record struct LowerOuterProduct : IOperation
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

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> a = inputs[0].Read<T>(), b = inputs[1].Read<T>(), diagonal = inputs[2].Read<T>();
        Span<T> y = output.Write<T>();
        for (int i = 0; i < a.Length; i++)
        {
            Span<T> row = y.Slice(i * a.Length, a.Length);
            TensorPrimitives.Multiply(b[..(i + 1)], a[i], row[..(i + 1)]);
            row[i] += diagonal[i];
            row[(i + 1)..].Clear();
        }
    }
}
