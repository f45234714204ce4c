using Pyrite.Checks;

namespace Pyrite.Kernels;

/// <summary>A kernel times a variance.</summary>
internal sealed class ScaledKernel(Tensor variance, Kernel inner) : Kernel
{
    private readonly Tensor variance = ParameterCheck.RequireNonNegative(inner.Name, "the variance before the kernel", variance);

    public override string Name => inner.Name;

    internal override bool IsKnownToBeSymmetric => inner.IsKnownToBeSymmetric;

    internal override bool SeparatesEqualRows => inner.SeparatesEqualRows;

    internal override IReadOnlyCollection<int>? ColumnsLookedAt => inner.ColumnsLookedAt;

    public override Tensor LogSpectralDensity(Tensor frequencies) =>
        SpreadOver(variance, 1).Log() + inner.LogSpectralDensity(frequencies);

    internal override Tensor GramOf(Tensor x) => Spread(variance) * inner.GramOf(x);

    internal override Tensor CrossOf(Tensor x, Tensor z) => Spread(variance) * inner.CrossOf(x, z);

    internal override Tensor DiagonalOf(Tensor x) => SpreadOver(variance, 1) * inner.DiagonalOf(x);

    protected override Tensor Evaluate(Tensor x, Tensor z) => Spread(variance) * inner.PairsOf(x, z);
}
