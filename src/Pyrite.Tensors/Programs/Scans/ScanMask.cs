using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Programs.Scans;

/// <summary>Rounds that do not count: the carry stays as it is, outputs are 0, and gradients are exactly 0 whatever numbers stand there.</summary>
internal sealed class ScanMask
{
    /// <param name="mask">Bool [T], or [T, ..].</param>
    /// <param name="rounds">T.</param>
    public ScanMask(Tensor mask, int rounds)
    {
        if (mask.DType != DType.Bool || mask.Rank == 0 || mask.Shape[0] != rounds)
        {
            throw new ArgumentException(
                $"Scan: the mask must be Bool and have the {rounds} rounds along its first axis; found {mask.DType} of shape {mask.Shape}.",
                nameof(mask));
        }
        Mask = mask.In(Layout.RowMajor);
    }

    /// <summary>Which rounds count; the last input of a body.</summary>
    public Tensor Mask { get; }

    /// <summary>A body that takes the mask as its last input.</summary>
    public ScanCall.RoundFunction Around(ScanCall.RoundFunction function) => (carry, slices) =>
    {
        Tensor counts = slices[^1];
        (Tensor[] next, Tensor[] outputs) = function(carry, slices[..^1]);
        return (next.Length == carry.Length ? [.. next.Select((part, i) => WhereOperation.Held(AsWide(counts, part), part, carry[i]))] : next,
            [.. outputs.Select(output => WhereOperation.Masked(AsWide(counts, output), output))]);
    };

    /// <summary>The mask with an axis for each one that it does not know.</summary>
    private static Tensor AsWide(Tensor counts, Tensor part) => part.Rank < counts.Rank || part.Shape[..counts.Rank] != counts.Shape
        ? throw new ArgumentException(
            $"Scan: the mask of a round has shape {counts.Shape}, with which all parts of the carry and all outputs must begin; found {part.Shape}.")
        : counts.Reshape([.. counts.Shape, .. Enumerable.Repeat(1, part.Rank - counts.Rank)]);
}
