namespace Pyrite.Language.Series;

/// <summary>Rounds that do not count: the carry stays as it is, outputs and log-densities are 0, and no number that stands there reaches a
/// gradient.</summary>
internal sealed class RoundMask
{
    private readonly string name;

    /// <param name="name">What the axis of time is called.</param>
    /// <param name="mask">Bool [T], or [T, ..].</param>
    /// <param name="rounds">T.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public RoundMask(string name, Tensor mask, int rounds)
    {
        if (mask.DType != DType.Bool || mask.Rank == 0 || mask.Shape[0] != rounds)
        {
            throw new ArgumentException($"Scan.Over(\"{name}\"): the mask must be Bool and have the {rounds} rounds along its first axis; found "
                + $"{mask.DType} of shape {mask.Shape}.", nameof(mask));
        }
        (this.name, Flags) = (name, mask);
    }

    /// <summary>Which rounds count; the last input of a body.</summary>
    public Tensor Flags { get; }

    /// <summary>A body that takes the flags as its last input.</summary>
    public SeriesLoop.RoundFunction Around(SeriesLoop.RoundFunction function) => (carry, slices) =>
    {
        Tensor counts = slices[^1];
        Tensor[] next, outputs;
        using (new MaskHandler(counts).Enter())
        {
            (next, outputs) = function(carry, slices[..^1]);
        }
        // A carry of another length or look is refused by the loop.
        Tensor[] held = next.Length != carry.Length ? next
            : [.. next.Select((part, i) => part.Shape == carry[i].Shape ? Held(AsWide(counts, part), part, carry[i]) : part)];
        return (held, [.. outputs.Select(output => Tensor.Masked(AsWide(counts, output), output))]);
    };

    private static Tensor Held(Tensor counts, Tensor next, Tensor carry) => Tensor.Where(counts, Tensor.Masked(counts, next), carry);

    /// <summary>The flags with an axis for each one that they do not know.</summary>
    private Tensor AsWide(Tensor counts, Tensor part) => part.Rank < counts.Rank || part.Shape[..counts.Rank] != counts.Shape
        ? throw new ArgumentException($"Scan.Over(\"{name}\"): the mask of a round has shape {counts.Shape}, with which all parts of the carry and "
            + $"all outputs must begin; found {part.Shape}.")
        : counts.Reshape([.. counts.Shape, .. Enumerable.Repeat(1, part.Rank - counts.Rank)]);
}
