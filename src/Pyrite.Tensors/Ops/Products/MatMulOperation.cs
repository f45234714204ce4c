using System.Reflection;
using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Products;

/// <summary>op(A)·op(B) (+ bias) over the last two axes, batches broadcast.</summary>
internal readonly record struct MatMulOperation(bool TransposeA, bool TransposeB)
    : IMatrixProduct, IFusingOperation, INumberOperation, IAddressOperation
{
    public string Name => "matmul";

    /// <summary>The product of two tensors of at least two axes; a bias only without batches.</summary>
    public static Tensor Of(Tensor a, Tensor b, Tensor? bias, bool transposeA, bool transposeB)
    {
        (a, b) = Operands.Align("matmul", a, b, keepsIntegers: false);
        (int m, int innerA) = Sizes(a, transposeA);
        (int innerB, int n) = Sizes(b, transposeB);
        Shape? batch = Shape.TryBroadcast(a.Shape[..^2], b.Shape[..^2]);
        if (innerA != innerB || batch is null)
        {
            throw new ArgumentException(
                $"matmul: shapes {Text(a, transposeA)} and {Text(b, transposeB)} do not fit: the last axis of the first must equal the second-last "
                    + $"of the second ({innerA} and {innerB}), and the axes before must broadcast.");
        }
        a = Expand(a.In(Layout.RowMajor), batch);
        b = Expand(b.In(Layout.RowMajor), batch);
        MatMulOperation operation = new(transposeA, transposeB);
        TensorSpec spec = new(batch + [m, n], a.DType);
        return bias is null ? Executor.Apply(operation, spec, a, b) : Executor.Apply(operation, spec, a, b, bias.To(a.DType));
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => Execute(inputs, relu: false, mask: null, output);

    public bool Fuses(TensorSpec result, bool isMask) => true;

    public void Execute(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output)
    {
        Shape shape = output.Shape;
        Tensor a = inputs[0];
        ProductSizes sizes = new(
            checked((int)shape[..^2].Count), shape[^2], shape[^1], TransposeA ? a.Shape[^2] : a.Shape[^1],
            TransposeA, TransposeB, a.Rank == 2, inputs[1].Rank == 2);
        if (output.Count == 0)
        {
            return;
        }
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, relu, mask, output, sizes);
        }
        else
        {
            Run<double>(inputs, relu, mask, output, sizes);
        }
    }

    public GradientReads GradientReads => GradientReads.Inputs;

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        if (SilentZeros.IsOn)
        {
            // Rows of the first factor meet those of the upstream gradient, columns of the second its columns.
            a = input != 1 || SilentZeros.IsHarmless(a)
                ? a
                : TransposeA ? SilentZeros.Rows(a.Transpose(), upstream).Transpose() : SilentZeros.Rows(a, upstream);
            b = input != 0 || SilentZeros.IsHarmless(b)
                ? b
                : TransposeB ? SilentZeros.Columns(b.Transpose(), upstream).Transpose() : SilentZeros.Columns(b, upstream);
        }
        Tensor gradient = input switch
        {
            0 => TransposeA ? Of(b, upstream, null, TransposeB, true) : Of(upstream, b, null, false, !TransposeB),
            1 => TransposeB ? Of(upstream, a, null, true, TransposeA) : Of(a, upstream, null, !TransposeA, false),
            _ => upstream,
        };
        return gradient.SumTo(inputs[input].Shape);
    }

    public long? NumberCost(ReadOnlySpan<Shape> shapes, Shape result) => result.Count * (TransposeA ? shapes[0][^2] : shapes[0][^1]);

    public int[] InNumbers(INumbers numbers, ReadOnlySpan<Shape> shapes, int[][] inputs, Shape result)
    {
        (int rows, int columns, int depth) = (result[^2], result[^1], TransposeA ? shapes[0][^2] : shapes[0][^1]);
        int batches = checked((int)result[..^2].Count);
        int stepA = shapes[0].Rank == 2 ? 0 : rows * depth, stepB = shapes[1].Rank == 2 ? 0 : depth * columns;
        int[] elements = new int[result.Count], terms = new int[depth];
        for (int i = 0; i < elements.Length; i++)
        {
            (int batch, int row, int column) = (i / columns / rows, i / columns % rows, i % columns);
            for (int k = 0; k < depth; k++)
            {
                int a = (batch * stepA) + (TransposeA ? (k * rows) + row : (row * depth) + k);
                int b = (batch * stepB) + (TransposeB ? (column * depth) + k : (k * columns) + column);
                terms[k] = numbers.Multiply(inputs[0][a], inputs[1][b]);
            }
            int sum = numbers.Sum(terms);
            elements[i] = inputs.Length > 2 ? numbers.Add(sum, inputs[2][i % inputs[2].Length]) : sum;
        }
        return elements;
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result)
    {
        const int MostOperations = 1 << 15;
        return shapes.Length > 2 || NumberCost(shapes, result) > MostOperations
            ? null
            : (typeof(MatMulOperation).GetMethod(nameof(OnMemory))!,
                [checked((int)result[..^2].Count), result[^2], result[^1], TransposeA ? shapes[0][^2] : shapes[0][^1], TransposeA ? 1 : 0,
                    TransposeB ? 1 : 0, shapes[0].Rank == 2 ? 1 : 0, shapes[1].Rank == 2 ? 1 : 0]);
    }

    /// <summary>The product on plain memory.</summary>
    public static void OnMemory(nint a, nint b, nint y, int batch, int m, int n, int k, int transposeA, int transposeB, int sharedA,
        int sharedB) =>
        MatrixProduct.Run(
            PlainMemory.Read(a, (sharedA != 0 ? 1 : batch) * m * k), PlainMemory.Read(b, (sharedB != 0 ? 1 : batch) * k * n),
            [], false, [], PlainMemory.Write(y, batch * m * n),
            new ProductSizes(batch, m, n, k, transposeA != 0, transposeB != 0, sharedA != 0, sharedB != 0));

    /// <summary>A matrix serves every batch entry; a tensor with batch axes is broadcast to all of them.</summary>
    private static Tensor Expand(Tensor x, Shape batch)
    {
        Shape own = x.Shape[..^2];
        return own.Rank == 0 || own == batch ? x : x.BroadcastTo(batch + x.Shape[^2..]);
    }

    private static (int Rows, int Columns) Sizes(Tensor x, bool transpose) =>
        transpose ? (x.Shape[^1], x.Shape[^2]) : (x.Shape[^2], x.Shape[^1]);

    private static string Text(Tensor x, bool transpose) => transpose ? $"{x.Shape} (transposed)" : x.Shape.ToString();

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output, in ProductSizes sizes)
        where T : unmanaged => MatrixProduct.Run(inputs[0].Read<T>(), inputs[1].Read<T>(), inputs.Length > 2 ? inputs[2].Read<T>() : [], relu,
            mask is null ? [] : mask.Read<T>(), output.Write<T>(), sizes);
}
