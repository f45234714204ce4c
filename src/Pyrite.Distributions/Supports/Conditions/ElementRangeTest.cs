namespace Pyrite.Supports.Conditions;

/// <summary>Whether a number lies between two bounds, and is whole if it must be.</summary>
internal readonly record struct ElementRangeTest(double Low, double High, bool LowOpen = false, bool HighOpen = false, bool Whole = false)
{
    /// <summary>Whether every number but NaN is admitted.</summary>
    public bool AdmitsEverything => !Whole && double.IsNegativeInfinity(Low) && double.IsPositiveInfinity(High) && !LowOpen && !HighOpen;

    /// <summary>Whether the number is admitted; NaN never is.</summary>
    public bool Admits(double value) =>
        (LowOpen ? value > Low : value >= Low) && (HighOpen ? value < High : value <= High) && (!Whole || value == Math.Floor(value));
}
