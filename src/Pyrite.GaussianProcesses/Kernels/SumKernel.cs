namespace Pyrite.Kernels;

/// <summary>The sum of two kernels.</summary>
internal sealed class SumKernel(Kernel a, Kernel b) : Kernel
{
    public override string Name => $"({a.Name} + {b.Name})";

    internal override bool IsKnownToBeSymmetric => a.IsKnownToBeSymmetric && b.IsKnownToBeSymmetric;

    internal override bool SeparatesEqualRows => a.SeparatesEqualRows || b.SeparatesEqualRows;

    internal override IReadOnlyCollection<int>? ColumnsLookedAt => Union(a, b);

    public override Tensor LogSpectralDensity(Tensor frequencies)
    {
        // A part that looks at some of the columns is constant along the others, and its density no function.
        int all = frequencies.Shape[^1];
        foreach (Kernel part in (Kernel[])[a, b])
        {
            if (part.ColumnsLookedAt is { } columns && columns.Count < all)
            {
                throw new NotSupportedException(
                    $"{part.Name} looks at {columns.Count} of {all} columns and is a part of a sum, so the sum has no spectral density over all "
                        + $"columns. "
                        + "Make a Hilbert-space process of each part, over its own columns, and add the processes up.");
            }
        }
        (Tensor first, Tensor second) = (a.LogSpectralDensity(frequencies), b.LogSpectralDensity(frequencies));
        Shape shape = Shape.Broadcast(first.Shape, second.Shape);
        return Tensor.Stack([first.BroadcastTo(shape), second.BroadcastTo(shape)]).LogSumExp(0);
    }

    internal static IReadOnlyCollection<int>? Union(Kernel a, Kernel b) =>
        a.ColumnsLookedAt is { } first && b.ColumnsLookedAt is { } second ? [.. first.Union(second)] : null;

    internal override Tensor GramOf(Tensor x) => a.GramOf(x) + b.GramOf(x);

    internal override Tensor CrossOf(Tensor x, Tensor z) => a.CrossOf(x, z) + b.CrossOf(x, z);

    internal override Tensor DiagonalOf(Tensor x) => a.DiagonalOf(x) + b.DiagonalOf(x);

    protected override Tensor Evaluate(Tensor x, Tensor z) => a.PairsOf(x, z) + b.PairsOf(x, z);
}
