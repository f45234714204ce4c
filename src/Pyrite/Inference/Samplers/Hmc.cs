namespace Pyrite;

/// <summary>Hamiltonian Monte Carlo with trajectories of a fixed length.</summary>
/// <remarks>Neal, "MCMC using Hamiltonian dynamics" (2011). <see cref="Nuts"/> needs no such length and is the better choice unless a good one is
/// known.</remarks>
public sealed class Hmc : HamiltonianSampler
{
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
        : base(Trajectory.Fixed(trajectoryLength, steps), targetAcceptance, stepSize, metric, structure, adaptStepSize, adaptMetric, jitter)
    {
        TrajectoryLength = trajectoryLength;
        Steps = steps;
    }

    /// <summary>The integration time.</summary>
    public double TrajectoryLength { get; }

    /// <summary>The number of steps; null where the length decides.</summary>
    public int? Steps { get; }
}
