namespace Pyrite;

/// <summary>How well steps a given distance ahead were forecast.</summary>
/// <param name="Ahead">How many steps ahead, from 1.</param>
/// <param name="Count">How many forecasts could be compared with what came.</param>
/// <param name="Crps">The continuous ranked probability score, mean ∫ (F(x) - [x ≥ y])² dx, in the units of the series: smaller is better.</param>
/// <param name="MeanAbsoluteError">Of the medians of draws, or of the means of Gaussian forecasts.</param>
/// <param name="Coverage">The share of observations inside of the central intervals; it should be their probability.</param>
public sealed record BacktestRow(int Ahead, int Count, double Crps, double MeanAbsoluteError, double Coverage)
{
    /// <summary>The numbers, in the invariant culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
