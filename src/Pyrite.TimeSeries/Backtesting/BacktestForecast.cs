namespace Pyrite;

/// <summary>What was forecast from one origin, for each step ahead.</summary>
/// <param name="Origin">How many observations it was made from: the first step forecast, counted from 0.</param>
/// <param name="Centre">The means of Gaussian forecasts, or the medians of draws, [horizon].</param>
/// <param name="Low">The lower ends of the central intervals of <see cref="Backtest.Probability"/>, [horizon].</param>
/// <param name="High">Their upper ends, [horizon].</param>
public sealed record BacktestForecast(int Origin, IReadOnlyList<double> Centre, IReadOnlyList<double> Low, IReadOnlyList<double> High)
{
    /// <summary>The numbers, in the invariant culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
