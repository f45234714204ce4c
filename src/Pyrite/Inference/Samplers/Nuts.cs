namespace Pyrite;

/// <summary>The No-U-Turn sampler: Hamiltonian trajectories that stop by themselves. The sampler to begin with.</summary>
/// <remarks>Hoffman and Gelman (2014) with the multinomial draws of Betancourt (2017), as in Stan.</remarks>
public sealed class Nuts : HamiltonianSampler
{
    /// <summary>Settings.</summary>
    /// <param name="targetAcceptance">The wanted average acceptance probability; more of it makes smaller steps and fewer divergences.</param>
    /// <param name="stepSize">The first step size; found by itself if not given.</param>
    /// <param name="metric">The first metric; the unit metric if not given.</param>
    /// <param name="structure">Which correlations warm-up estimates; none if not given.</param>
    /// <param name="adaptStepSize">Whether warm-up adapts the step size.</param>
    /// <param name="adaptMetric">Whether warm-up estimates the metric.</param>
    /// <param name="maximumTreeDepth">Trajectories have at most 2^depth - 1 steps.</param>
    /// <param name="jitter">The share of the step size by which it varies, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside of its range.</exception>
    public Nuts(
        double targetAcceptance = 0.8, double? stepSize = null, Metric? metric = null, MetricStructure? structure = null,
        bool adaptStepSize = true, bool adaptMetric = true, int maximumTreeDepth = 10, double jitter = 0)
        : base(Trajectory.NoUTurn(maximumTreeDepth), targetAcceptance, stepSize, metric, structure, adaptStepSize, adaptMetric, jitter) =>
        MaximumTreeDepth = maximumTreeDepth;

    /// <summary>How often a trajectory may double.</summary>
    public int MaximumTreeDepth { get; }
}
