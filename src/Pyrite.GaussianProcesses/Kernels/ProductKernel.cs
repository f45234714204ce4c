namespace Pyrite.Kernels;

/// <summary>The product of two kernels.</summary>
internal sealed class ProductKernel(Kernel a, Kernel b) : Kernel
{
    public override string Name => $"{a.Name} * {b.Name}";

    internal override bool IsKnownToBeSymmetric => a.IsKnownToBeSymmetric && b.IsKnownToBeSymmetric;

    internal override bool SeparatesEqualRows => a.SeparatesEqualRows || b.SeparatesEqualRows;

    internal override IReadOnlyCollection<int>? ColumnsLookedAt => SumKernel.Union(a, b);

    public override Tensor LogSpectralDensity(Tensor frequencies) =>
        a.ColumnsLookedAt is { } first && b.ColumnsLookedAt is { } second && !first.Intersect(second).Any()
            ? a.LogSpectralDensity(frequencies) + b.LogSpectralDensity(frequencies)
            : throw new NotSupportedException(
                $"{Name} has no spectral density that is a product, because its factors look at the same columns. Give each factor columns of its "
                    + $"own "
                    + "(dims), or use an exact or sparse process.");

    internal override Tensor GramOf(Tensor x) => a.GramOf(x) * b.GramOf(x);

    internal override Tensor CrossOf(Tensor x, Tensor z) => a.CrossOf(x, z) * b.CrossOf(x, z);

    internal override Tensor DiagonalOf(Tensor x) => a.DiagonalOf(x) * b.DiagonalOf(x);

    protected override Tensor Evaluate(Tensor x, Tensor z) => a.PairsOf(x, z) * b.PairsOf(x, z);
}
