namespace Pyrite;

/// <summary>Numbers between two bounds, and whole ones if they must be.</summary>
/// <param name="Low">The lower bound; may be minus infinity.</param>
/// <param name="High">The upper bound; may be infinity.</param>
/// <param name="LowOpen">Whether the lower bound is itself excluded.</param>
/// <param name="HighOpen">Whether the upper bound is itself excluded.</param>
/// <param name="Whole">Whether only whole numbers belong to it.</param>
public readonly record struct NumberRange(double Low, double High, bool LowOpen = false, bool HighOpen = false, bool Whole = false)
{
    /// <summary>Whether every number but NaN is admitted.</summary>
    public bool AdmitsEverything => !Whole && double.IsNegativeInfinity(Low) && double.IsPositiveInfinity(High) && !LowOpen && !HighOpen;

    /// <summary>Whether the number is admitted; NaN never is.</summary>
    public bool Admits(double value) =>
        (LowOpen ? value > Low : value >= Low) && (HighOpen ? value < High : value <= High) && (!Whole || value == Math.Floor(value));

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(this);
}
