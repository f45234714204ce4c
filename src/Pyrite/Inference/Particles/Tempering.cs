using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite;

/// <summary>The next temperature of sequential Monte Carlo: as far as the particles can follow.</summary>
/// <remarks>Jasra, Stephens, Doucet and Tsagaris, "Inference for Lévy-driven stochastic volatility models via adaptive sequential Monte Carlo"
/// (2011).</remarks>
/// <param name="Temperature">The next power of the likelihood, at most 1.</param>
/// <param name="EffectiveSize">The effective number of particles by the weights of the step.</param>
/// <param name="LogEvidence">What the step adds to the logarithm of the evidence.</param>
public readonly record struct Tempering(double Temperature, double EffectiveSize, double LogEvidence)
{
    private const int Halvings = 200;

    /// <summary>Finds the temperature at which the weights of equally weighted particles are worth a fraction of them.</summary>
    /// <param name="logLikelihoods">The log-likelihood of each particle; minus infinity where the data are impossible.</param>
    /// <param name="current">The present temperature, from 0 to 1.</param>
    /// <param name="fraction">The fraction of the particles, between 0 and 1; of those that are possible where these are fewer.</param>
    /// <exception cref="ArgumentException">No particle is possible, or a log-likelihood is NaN or infinite.</exception>
    public static Tempering Next(ReadOnlySpan<double> logLikelihoods, double current, double fraction)
    {
        if (!(fraction > 0 && fraction < 1) || !(current >= 0 && current <= 1))
        {
            throw new ArgumentException($"A step of temperature needs a fraction between 0 and 1 and a temperature from 0 to 1; "
                + $"found {fraction} and {current}.");
        }
        int possible = 0;
        foreach (double value in logLikelihoods)
        {
            possible += double.IsNegativeInfinity(value) ? 0 : 1;
        }
        double target = fraction * logLikelihoods.Length;
        target = target < possible ? target : fraction * possible;
        double[] weights = new double[logLikelihoods.Length];
        if (Size(logLikelihoods, 1 - current, weights) >= target)
        {
            return At(1, weights);
        }
        double low = current, high = 1;
        for (int i = 0; i < Halvings && high - low > 1e-15 * high; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Size(logLikelihoods, middle - current, weights) >= target ? (middle, high) : (low, middle);
        }
        double next = low > current ? low : high;
        Size(logLikelihoods, next - current, weights);
        return At(next, weights);
    }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);

    private static Tempering At(double temperature, double[] weights) =>
        new(temperature, ParticleResampling.EffectiveSize(weights), SampleMoments.LogSumExp(weights) - Math.Log(weights.Length));

    private static double Size(ReadOnlySpan<double> logLikelihoods, double change, double[] weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = double.IsNegativeInfinity(logLikelihoods[i]) ? double.NegativeInfinity : change * logLikelihoods[i];
        }
        return ParticleResampling.EffectiveSize(weights);
    }
}
