using Pyrite.Inference.Samplers;


namespace Pyrite;

/// <summary>Hamiltonian Monte Carlo with trajectories of a fixed length.</summary>
/// <remarks>Neal, "MCMC using Hamiltonian dynamics" (2011). <see cref="Nuts"/> needs no such length and is the better choice unless a good one is
/// known.</remarks>
public sealed class Hmc : HamiltonianSampler
{
    private const double LargestEnergyError = 1000;
    private const int MostSteps = 10_000;

    /// <summary>Settings.</summary>
    /// <param name="trajectoryLength">The integration time: step size times steps.</param>
    /// <param name="steps">The number of steps, instead of a length.</param>
    /// <param name="targetAcceptance">The wanted average acceptance probability.</param>
    /// <param name="stepSize">The first step size; found by itself if not given.</param>
    /// <param name="metric">The first metric; the unit metric if not given.</param>
    /// <param name="structure">Which correlations warm-up estimates; none if not given.</param>
    /// <param name="adaptStepSize">Whether warm-up adapts the step size.</param>
    /// <param name="adaptMetric">Whether warm-up estimates the metric.</param>
    /// <param name="jitter">The share of the step size by which it varies, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside of its range.</exception>
    public Hmc(
        double trajectoryLength = 2, int? steps = null, double targetAcceptance = 0.8, double? stepSize = null, Metric? metric = null,
            MetricStructure? structure = null,
        bool adaptStepSize = true, bool adaptMetric = true, double jitter = 0)
        : base(targetAcceptance, stepSize, metric, structure, adaptStepSize, adaptMetric, jitter)
    {
        if (!(trajectoryLength > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(trajectoryLength), trajectoryLength, "A trajectory's length is positive.");
        }
        if (steps is < 1 or > MostSteps)
        {
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"A trajectory has 1 to {MostSteps} steps.");
        }
        TrajectoryLength = trajectoryLength;
        Steps = steps;
    }

    /// <summary>The integration time.</summary>
    public double TrajectoryLength { get; }

    /// <summary>The number of steps; null where the length decides.</summary>
    public int? Steps { get; }

    internal override Transition Move(HamiltonianChain chain, ChainState state)
    {
        double before = chain.Kinetic() - chain.LogDensity, energy = before;
        int wanted = Steps ?? (int)Math.Clamp(Math.Round(TrajectoryLength / chain.Jittered), 1, MostSteps), made = 0;
        while (made < wanted && !(energy - before > LargestEnergyError) && double.IsFinite(energy))
        {
            energy = chain.Leapfrog(chain.Jittered);
            made++;
        }
        bool isDivergent = !(energy - before <= LargestEnergyError);
        double probability = isDivergent ? 0 : Math.Min(1, Math.Exp(before - energy));
        double logDensity = state.Last.LogDensity;
        if (chain.Uniforms.Next() < probability)
        {
            chain.Q.AsSpan().CopyTo(state.Point);
            chain.G.AsSpan().CopyTo(state.Slope);
            logDensity = chain.LogDensity;
        }
        else
        {
            energy = before;
        }
        return new Transition(logDensity, probability, chain.Jittered, 0, made, isDivergent, energy);
    }
}
