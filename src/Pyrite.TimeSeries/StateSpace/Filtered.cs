namespace Pyrite;

/// <summary>States given the observations up to each step, and before it.</summary>
/// <param name="Mean">Of the state given y_1 to y_t, [.., steps, n]; NaN where a state's variance is still infinite.</param>
/// <param name="Covariance">Of the same, [.., steps, n, n]; infinite where nothing has been learnt of a diffuse state.</param>
/// <param name="PredictedMean">Of the state given y_1 to y_{t-1}, [.., steps, n].</param>
/// <param name="PredictedCovariance">Of the same, [.., steps, n, n].</param>
/// <param name="LogProbTerms">log p(y_t | y_1 .. y_{t-1}), [.., steps]; they add up to the log-density.</param>
/// <param name="DiffuseSteps">After how many observations, at most, a state still has an infinite variance; 0 where the first one ends it or nothing
/// is diffuse.</param>
public sealed record Filtered(Tensor Mean, Tensor Covariance, Tensor PredictedMean, Tensor PredictedCovariance, Tensor LogProbTerms, int DiffuseSteps)
{
    /// <summary>The log-density of the series, [..].</summary>
    public Tensor LogProb => LogProbTerms.Sum(-1);

    /// <summary>The numbers, in the invariant culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
