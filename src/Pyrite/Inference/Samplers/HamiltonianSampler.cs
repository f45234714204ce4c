using Pyrite.Inference.Samplers;

namespace Pyrite;

/// <summary>Samplers that follow Hamiltonian trajectories, put together from parts: integrator, metric, trajectory, adaptation of the step size, and
/// schedule of warm-up.</summary>
/// <remarks><see cref="Nuts"/> and <see cref="Hmc"/> differ in their <see cref="Trajectory"/> alone. Every part can be exchanged for one of your
/// own; a run with such parts is resumed from a file by giving the sampler again.</remarks>
public abstract class HamiltonianSampler : Sampler
{
    /// <summary>Settings.</summary>
    /// <param name="trajectory">How transitions go.</param>
    /// <param name="targetAcceptance">The average acceptance probability that the step size is adapted to.</param>
    /// <param name="stepSize">The first step size; found by itself if not given.</param>
    /// <param name="metric">The first metric; the unit metric if not given.</param>
    /// <param name="structure">Which metric warm-up estimates; variances only if not given.</param>
    /// <param name="adaptStepSize">Whether warm-up adapts the step size.</param>
    /// <param name="adaptMetric">Whether warm-up estimates the metric.</param>
    /// <param name="jitter">The share of the step size by which it varies, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside of its range.</exception>
    protected HamiltonianSampler(Trajectory trajectory, double targetAcceptance = 0.8, double? stepSize = null, Metric? metric = null,
        MetricStructure? structure = null, bool adaptStepSize = true, bool adaptMetric = true, double jitter = 0)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        if (!(targetAcceptance is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(targetAcceptance), targetAcceptance,
                "The wanted acceptance probability lies between 0 and 1; 0.8 is usual, 0.95 for difficult posteriors.");
        }
        if (stepSize is { } size && !(size > 0 && double.IsFinite(size)))
        {
            throw new ArgumentOutOfRangeException(nameof(stepSize), stepSize, "A step size is positive.");
        }
        if (!(jitter is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(jitter), jitter, "Jitter is a share of the step size, from 0 to 1.");
        }
        Trajectory = trajectory;
        TargetAcceptance = targetAcceptance;
        StepSize = stepSize;
        Metric = metric;
        Structure = structure ?? MetricStructure.Diagonal;
        AdaptStepSize = adaptStepSize;
        AdaptMetric = adaptMetric;
        Jitter = jitter;
    }

    /// <summary>How transitions go.</summary>
    public Trajectory Trajectory { get; }

    /// <summary>What moves the point; <see cref="Integrator.Leapfrog"/> if not given.</summary>
    public Integrator Integrator { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Integrator.Leapfrog;

    /// <summary>The rule by which the step size is adapted; <see cref="StepSizeAdaptation.DualAveraging"/> if not given.</summary>
    public StepSizeAdaptation Adaptation { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } =
        StepSizeAdaptation.DualAveraging;

    /// <summary>How warm-up is divided; <see cref="WarmupSchedule.Windows"/> if not given.</summary>
    public WarmupSchedule Schedule { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = WarmupSchedule.Windows;

    /// <summary>The average acceptance probability that the step size is adapted to.</summary>
    public double TargetAcceptance { get; }

    /// <summary>The step size to begin with; null to find one.</summary>
    public double? StepSize { get; }

    /// <summary>The metric to begin with; null for the unit metric.</summary>
    public Metric? Metric { get; }

    /// <summary>Which metric warm-up estimates.</summary>
    public MetricStructure Structure { get; }

    /// <summary>Whether warm-up adapts the step size.</summary>
    public bool AdaptStepSize { get; }

    /// <summary>Whether warm-up estimates the metric.</summary>
    public bool AdaptMetric { get; }

    /// <summary>The share of the step size by which it varies from transition to transition.</summary>
    public double Jitter { get; }

    /// <inheritdoc/>
    public sealed override ChainState Start(Potential potential, ReadOnlySpan<double> position, int warmup, RandomKey key)
    {
        ChainState state = ChainState.At(potential, position, warmup, key);
        if (Metric is not null && Metric.Dimension != potential.Dimension)
        {
            throw new ArgumentException($"The metric has {Metric.Dimension} numbers, the potential {potential.Dimension}.", nameof(potential));
        }
        state.Learnt.Set(HamiltonianMotion.StepSizeName, StepSize ?? 1);
        (Metric ?? Metric.Unit(potential.Dimension)).Write(state.Learnt);
        MotionOf(potential, state).Start(state);
        return state;
    }

    /// <inheritdoc/>
    public sealed override ChainState Step(Potential potential, ChainState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return MotionOf(potential, state).Step(state);
    }

    /// <summary>The metric that a chain uses now.</summary>
    /// <param name="state">A chain of such a sampler.</param>
    /// <exception cref="ArgumentException">The chain was begun by another kind of sampler.</exception>
    public static Metric MetricOf(ChainState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Workspace is HamiltonianMotion motion ? motion.Point.Metric
            : Metric.IsIn(state.Learnt) ? Metric.Read(state.Learnt, state.Position.Length) : throw AnotherKind(state);
    }

    /// <summary>The step size that a chain uses now, without jitter.</summary>
    /// <param name="state">A chain of such a sampler.</param>
    /// <exception cref="ArgumentException">The chain was begun by another kind of sampler.</exception>
    public static double StepSizeOf(ChainState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Learnt.Has(HamiltonianMotion.StepSizeName)
            ? state.Learnt.Take(HamiltonianMotion.StepSizeName, 1)[0]
            : throw AnotherKind(state);
    }

    /// <inheritdoc/>
    protected internal override void Check(Potential potential, ChainState state) => state.Workspace = new HamiltonianMotion(this, potential, state);

    private HamiltonianMotion MotionOf(Potential potential, ChainState state)
    {
        if (state.Workspace is HamiltonianMotion motion && motion.Serves(this, potential))
        {
            return motion;
        }
        if (!state.Learnt.Has(HamiltonianMotion.StepSizeName))
        {
            throw AnotherKind(state);
        }
        motion = new HamiltonianMotion(this, potential, state);
        state.Workspace = motion;
        return motion;
    }

    private static ArgumentException AnotherKind(ChainState state) =>
        new("This chain was begun by another kind of sampler. Go on with the sampler that began it.", nameof(state));
}
