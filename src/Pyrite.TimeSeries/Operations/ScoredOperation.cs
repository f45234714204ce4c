using System.Numerics;

namespace Pyrite.Operations;

/// <summary>The scores, [series], of numbers [series, length] out of scores and their gradients side by side, [series, 1 + length]: what one pass
/// forward and
/// one back have found together.</summary>
internal readonly record struct ScoredOperation : ITensorOperation
{
    public string Name => "score of a series";

    public int? EntryRank => 0;

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0]];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = inputs.ShapeOf(1)[1];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = inputs[1][i * length];
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        input == 1 ? null : upstream.Unsqueeze(-1) * inputs[1].Slice(-1, 1, inputs[0].Shape[1]);
}
