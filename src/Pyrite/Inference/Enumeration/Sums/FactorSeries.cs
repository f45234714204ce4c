namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>Tables of alike scores that were computed together.</summary>
/// <param name="stack">[tables, .. values of the axes, .. entries of the plates].</param>
internal sealed class FactorSeries(Tensor stack)
{
    /// <summary>All tables, [tables, .. values of the axes, .. entries of the plates].</summary>
    public Tensor Stack => stack;
}
