using System.Numerics;

namespace Pyrite.Extensions.Tensors;

/// <summary>Sums of so many neighbours along the last axis: a general operation of one's own, with an attribute.</summary>
internal readonly record struct MovingSum(int Width) : ITensorOperation
{
    public string Name => "moving sum";

    public int? EntryRank => 1;

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs is [var x] && x.Rank > 0 && x[^1] >= Width
        ? x[..^1] + Shape.Create(x[^1] - Width + 1)
        : throw new ArgumentException($"A moving sum of {Width} needs one input [.., n] with n of at least {Width}.");

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> x = inputs[0];
        int length = inputs.ShapeOf(0)[^1], sums = length - Width + 1;
        for (int i = 0; i < result.Length; i++)
        {
            int start = (i / sums * length) + (i % sums);
            foreach (T number in x.Slice(start, Width))
            {
                result[i] += number;
            }
        }
    }

    /// <summary>Each number takes part in the sums around it: the moving sum of the gradient with zeros at both ends.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor end = Tensor.Zeros([.. upstream.Shape[..^1], Width - 1], upstream.DType);
        return Tensor.Apply(this, Tensor.Concat([end, upstream, end], -1));
    }
}
