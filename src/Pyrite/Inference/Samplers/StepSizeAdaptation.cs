namespace Pyrite;

/// <summary>Dual averaging: finds the step size at which the average acceptance probability is the wanted one.</summary>
/// <remarks>Hoffman and Gelman, "The No-U-Turn Sampler" (2014), section 3.2, with their constants γ = 0.05, t₀ = 10, κ = 0.75.</remarks>
/// <param name="target">The wanted acceptance probability, between 0 and 1.</param>
public sealed class StepSizeAdaptation(double target)
{
    internal const int StateSize = 5;

    private const double Gamma = 0.05;
    private const double Offset = 10;
    private const double Kappa = 0.75;

    private double center;
    private double error;
    private double logAverage;
    private long count;

    /// <summary>The step size to try next.</summary>
    public double Current { get; private set; } = 1;

    /// <summary>The average step size, to keep when adaptation ends; 1 before the first update.</summary>
    public double Averaged => Math.Exp(logAverage);

    /// <summary>Begins anew around ten times a step size.</summary>
    /// <param name="stepSize">Positive.</param>
    public void Restart(double stepSize)
    {
        center = Math.Log(10 * stepSize);
        error = 0;
        logAverage = 0;
        count = 0;
        Current = stepSize;
    }

    /// <summary>Learns from a transition.</summary>
    /// <param name="acceptanceProbability">Its average acceptance probability; more than 1 counts as 1, NaN as 0.</param>
    public void Update(double acceptanceProbability)
    {
        double accepted = double.IsNaN(acceptanceProbability) ? 0 : Math.Min(1, acceptanceProbability);
        count++;
        double weight = 1 / (count + Offset);
        error = ((1 - weight) * error) + (weight * (target - accepted));
        double log = center - (error * Math.Sqrt(count) / Gamma);
        double share = Math.Pow(count, -Kappa);
        logAverage = ((1 - share) * logAverage) + (share * log);
        Current = Math.Exp(log);
    }

    /// <summary>All that it remembers.</summary>
    internal double[] Export() => [center, error, logAverage, count, Current];

    /// <summary>Goes on from there.</summary>
    internal void Restore(double[] saved) => (center, error, logAverage, count, Current) = (saved[0], saved[1], saved[2], (long)saved[3], saved[4]);
}
