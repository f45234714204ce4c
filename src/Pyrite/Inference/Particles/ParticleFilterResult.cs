namespace Pyrite;

/// <summary>What <see cref="ParticleFilter"/> found.</summary>
public sealed class ParticleFilterResult
{
    internal ParticleFilterResult(Tensor terms, Tensor mean, Tensor variance, IReadOnlyList<double> sizes, int resamplings, Tensor states,
        Tensor logWeights)
    {
        (LogLikelihoodTerms, FilteredMean, FilteredVariance) = (terms, mean, variance);
        (EffectiveSizes, Resamplings, LastStates, LastLogWeights) = (sizes, resamplings, states, logWeights);
        LogLikelihood = terms.Sum().Item();
    }

    /// <summary>The estimate of the log-likelihood of all observations.</summary>
    public double LogLikelihood { get; }

    /// <summary>That of each observation given the earlier ones, [times]; 0 where none was made.</summary>
    public Tensor LogLikelihoodTerms { get; }

    /// <summary>The mean of each state given the observations up to its time, [times, …].</summary>
    public Tensor FilteredMean { get; }

    /// <summary>The variance of each state given the observations up to its time, [times, …].</summary>
    public Tensor FilteredVariance { get; }

    /// <summary>The effective number of particles at each time, before they were chosen anew.</summary>
    public IReadOnlyList<double> EffectiveSizes { get; }

    /// <summary>How often particles were chosen anew.</summary>
    public int Resamplings { get; }

    /// <summary>The states of the particles at the last time, [particles, …], to go on from.</summary>
    public Tensor LastStates { get; }

    /// <summary>The logarithms of their weights, [particles].</summary>
    public Tensor LastLogWeights { get; }
}
