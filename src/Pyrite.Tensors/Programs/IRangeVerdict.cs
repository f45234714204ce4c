namespace Pyrite.Programs;

/// <summary>A check whether all elements lie between two bounds, which recorded functions test in their loops.</summary>
internal interface IRangeVerdict
{
    /// <summary>The bounds, and whether each of them is itself excluded.</summary>
    (double Low, double High, bool LowOpen, bool HighOpen) Bounds { get; }

    /// <summary>Whether only whole numbers are allowed.</summary>
    bool IsWhole { get; }
}
