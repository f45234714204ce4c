namespace Pyrite;

/// <summary>States given the whole series.</summary>
/// <param name="Mean">[.., steps, n].</param>
/// <param name="Covariance">[.., steps, n, n].</param>
/// <param name="CrossCovariance">Of the state of each step with that of the next, rows for the former, [.., steps - 1, n, n].</param>
public sealed record Smoothed(Tensor Mean, Tensor Covariance, Tensor CrossCovariance)
{
    /// <summary>The numbers, in the invariant culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
