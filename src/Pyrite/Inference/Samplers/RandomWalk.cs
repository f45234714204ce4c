using Pyrite.Inference.Samplers;


namespace Pyrite;

/// <summary>Random-walk Metropolis: Gaussian proposals around the present point. For comparison; <see cref="Nuts"/> is the sampler to use.</summary>
/// <remarks>Warm-up adapts the scale to an acceptance of 0.234 (Roberts, Gelman, Gilks 1997) by Robbins and Monro's steps of size t^-0.6 on its
/// logarithm.</remarks>
public sealed class RandomWalk : Sampler
{
    private const double Target = 0.234;

    /// <summary>Settings.</summary>
    /// <param name="scale">The first standard deviation of proposals; 2.38 / √dimension if not given.</param>
    /// <param name="adapt">Whether warm-up adapts the scale.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive.</exception>
    public RandomWalk(double? scale = null, bool adapt = true)
    {
        if (scale is { } given && !(given > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of proposals is positive.");
        }
        Scale = scale;
        Adapt = adapt;
    }

    /// <summary>The first standard deviation of proposals; null for the usual one.</summary>
    public double? Scale { get; }

    /// <summary>Whether warm-up adapts the scale.</summary>
    public bool Adapt { get; }

    /// <inheritdoc/>
    public override ChainState Initialize(Potential potential, ReadOnlySpan<double> start, int warmup, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(potential);
        int size = potential.Dimension;
        return new ChainState(potential, start,
            warmup)
        { Details = new Walk(size) { LogScale = Math.Log(Scale ?? 2.38 / Math.Sqrt(Math.Max(1, size))) } };
    }

    /// <inheritdoc/>
    public override ChainState Step(ChainState state, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(state);
        Walk walk = WalkOf(state);
        double scale = Math.Exp(walk.LogScale);
        key.Child(0).FillNormal(walk.Proposal);
        for (int i = 0; i < walk.Proposal.Length; i++)
        {
            walk.Proposal[i] = state.Point[i] + (scale * walk.Proposal[i]);
        }
        double logDensity = state.Potential.LogDensity(walk.Proposal, walk.Gradient);
        double probability = Math.Min(1, Math.Exp(logDensity - state.Last.LogDensity));
        if (key.Child(1).UniformNumber() < probability)
        {
            walk.Proposal.AsSpan().CopyTo(state.Point);
            walk.Gradient.AsSpan().CopyTo(state.Slope);
        }
        else
        {
            logDensity = state.Last.LogDensity;
        }
        if (Adapt && state.IsWarmup)
        {
            walk.LogScale += Math.Pow(state.Transitions + 1, -0.6) * (probability - Target);
        }
        state.Last = new Transition(logDensity, probability, scale, 0, 1, false, -logDensity);
        state.Transitions++;
        return state;
    }

    internal override void Export(ChainState state, IDictionary<string, double[]> numbers) => numbers["log_scale"] = [WalkOf(state).LogScale];

    internal override void Restore(ChainState state, ChainSnapshot saved) =>
        state.Details = new Walk(state.Point.Length) { LogScale = saved.Take("log_scale") };

    private static Walk WalkOf(ChainState state) =>
        state.Details as Walk ?? throw new ArgumentException("This chain was begun by another kind of sampler.", nameof(state));

    private sealed class Walk(int size)
    {
        public double[] Proposal { get; } = new double[size];

        public double[] Gradient { get; } = new double[size];

        public double LogScale { get; set; }
    }
}
