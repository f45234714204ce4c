namespace Pyrite.Ops.Conditions;

/// <summary>A test whether elements lie between two bounds; of a single number, one truth value, which recorded functions compute
/// themselves.</summary>
internal interface IRangeTest
{
    /// <summary>The bounds, and whether each of them is itself excluded.</summary>
    (double Low, double High, bool LowOpen, bool HighOpen) Bounds { get; }

    /// <summary>Whether only whole numbers are allowed.</summary>
    bool IsWhole { get; }
}
