using Pyrite.Engine;
using Pyrite.Kernels.Products;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Products;

/// <summary>op(A)·op(B) (+ bias) over the last two axes, batches broadcast.</summary>
internal readonly record struct MatMulOperation(bool TransposeA, bool TransposeB) : IOperation
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

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => Run(inputs, relu: false, mask: null, output);

    /// <summary>The product, clipped at zero or zero where <paramref name="mask"/>, of the result's shape, is not positive.</summary>
    public void Run(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output)
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
