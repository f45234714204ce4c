using Pyrite.Inference.Samplers;


namespace Pyrite;

/// <summary>What HMC and NUTS share: the metric, the step size and their adaptation.</summary>
public abstract class HamiltonianSampler : Sampler
{
    private protected HamiltonianSampler(double targetAcceptance, double? stepSize, Metric? metric, MetricStructure? structure, bool adaptStepSize,
        bool adaptMetric, double jitter)
    {
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
        TargetAcceptance = targetAcceptance;
        StepSize = stepSize;
        Metric = metric;
        Structure = structure ?? MetricStructure.Diagonal;
        AdaptStepSize = adaptStepSize;
        AdaptMetric = adaptMetric;
        Jitter = jitter;
    }

    /// <summary>The average acceptance probability that the step size is adapted to.</summary>
    public double TargetAcceptance { get; }

    /// <summary>The step size to begin with; null to find one.</summary>
    public double? StepSize { get; }

    /// <summary>The metric to begin with; null for the unit metric.</summary>
    public Metric? Metric { get; }

    /// <summary>Which correlations warm-up estimates.</summary>
    public MetricStructure Structure { get; }

    /// <summary>Whether warm-up adapts the step size.</summary>
    public bool AdaptStepSize { get; }

    /// <summary>Whether warm-up estimates the metric.</summary>
    public bool AdaptMetric { get; }

    /// <summary>The share of the step size by which it varies from transition to transition.</summary>
    public double Jitter { get; }

    /// <inheritdoc/>
    public override ChainState Initialize(Potential potential, ReadOnlySpan<double> start, int warmup, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ChainState state = new(potential, start, warmup);
        if (Metric is not null && Metric.Dimension != potential.Dimension)
        {
            throw new ArgumentException($"The metric has {Metric.Dimension} numbers, the potential {potential.Dimension}.", nameof(potential));
        }
        HamiltonianChain chain = new(this, state);
        chain.FindFirstStepSize(key);
        state.Details = chain;
        return state;
    }

    /// <inheritdoc/>
    public override ChainState Step(ChainState state, RandomKey key)
    {
        HamiltonianChain chain = ChainOf(state);
        chain.Begin(key);
        state.Last = Move(chain, state);
        state.Transitions++;
        chain.Adapt(key);
        return state;
    }

    /// <summary>The metric that a chain uses now.</summary>
    /// <param name="state">A chain of such a sampler.</param>
    public static Metric MetricOf(ChainState state) => ChainOf(state).Metric;

    /// <summary>The step size that a chain uses now, without jitter.</summary>
    /// <param name="state">A chain of such a sampler.</param>
    public static double StepSizeOf(ChainState state) => ChainOf(state).StepSize;

    internal override void Export(ChainState state, IDictionary<string, double[]> numbers) => ChainOf(state).Export(numbers);

    internal override void Restore(ChainState state, ChainSnapshot saved)
    {
        HamiltonianChain chain = new(this, state);
        chain.Restore(saved);
        state.Details = chain;
    }

    internal virtual int MaximumDepth => 1;

    internal abstract Transition Move(HamiltonianChain chain, ChainState state);

    private static HamiltonianChain ChainOf(ChainState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Details as HamiltonianChain ?? throw new ArgumentException("This chain was begun by another kind of sampler.", nameof(state));
    }
}
