namespace Pyrite;

/// <summary>What comes after a series, given what was observed of it: means and covariances, without sampling.</summary>
/// <param name="StateMean">[.., horizon, n].</param>
/// <param name="StateCovariance">[.., horizon, n, n].</param>
/// <param name="Mean">Of the observations, [.., horizon, outputs].</param>
/// <param name="Covariance">Of the observations, their noise included, [.., horizon, outputs, outputs].</param>
public sealed record Forecast(Tensor StateMean, Tensor StateCovariance, Tensor Mean, Tensor Covariance)
{
    /// <summary>The standard deviation of each observation, [.., horizon, outputs].</summary>
    public Tensor StandardDeviation => Covariance.Diagonal().Sqrt();

    /// <summary>The ends of the central interval that holds each observation with a probability.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability does not lie between 0 and 1.</exception>
    public (Tensor Low, Tensor High) Interval(double probability = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        Tensor reach = new Normal(0, 1).InverseCdf(0.5 + (0.5 * probability)) * StandardDeviation;
        return (Mean - reach, Mean + reach);
    }

    /// <summary>The numbers, in the invariant culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
