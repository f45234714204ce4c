namespace Pyrite;

/// <summary>Random-walk Metropolis: Gaussian proposals around the present point. For comparison; <see cref="Nuts"/> is the sampler to use.</summary>
/// <remarks>Warm-up adapts the scale to an acceptance of 0.234 (Roberts, Gelman, Gilks 1997) by Robbins and Monro's steps of size t^-0.6 on its
/// logarithm.</remarks>
public sealed class RandomWalk : Sampler
{
    private const double Target = 0.234;
    private const string LogScaleName = "log_scale";

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
    public override ChainState Start(Potential potential, ReadOnlySpan<double> position, int warmup, RandomKey key)
    {
        ChainState state = ChainState.At(potential, position, warmup, key);
        state.Learnt.Set(LogScaleName, Math.Log(Scale ?? 2.38 / Math.Sqrt(Math.Max(1, potential.Dimension))));
        return state;
    }

    /// <inheritdoc/>
    public override ChainState Step(Potential potential, ChainState state)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Learnt.Has(LogScaleName))
        {
            throw new ArgumentException("This chain was begun by another kind of sampler. Go on with the sampler that began it.", nameof(state));
        }
        Room room = state.Workspace as Room ?? new Room(state.Position.Length);
        state.Workspace = room;
        double[] logScale = state.Learnt.Take(LogScaleName, 1);
        double scale = Math.Exp(logScale[0]);
        RandomKey key = state.NextKey;
        key.Child(0).FillNormal(room.Proposal);
        for (int i = 0; i < room.Proposal.Length; i++)
        {
            room.Proposal[i] = state.Position[i] + (scale * room.Proposal[i]);
        }
        double logDensity = potential.LogDensity(room.Proposal, room.Gradient);
        double probability = Math.Min(1, Math.Exp(logDensity - state.LogDensity));
        if (Adapt && state.IsWarmup)
        {
            logScale[0] += Math.Pow(state.Transitions + 1, -0.6) * (probability - Target);
        }
        return key.Child(1).UniformNumber() < probability
            ? state.Move(room.Proposal, room.Gradient, Report(logDensity))
            : state.Stay(Report(state.LogDensity));

        Transition Report(double at) => new(at, probability, scale, 0, 1, false, -at);
    }

    /// <inheritdoc/>
    protected internal override void Check(Potential potential, ChainState state) => state.Learnt.Take(LogScaleName, 1);

    private sealed class Room(int size)
    {
        public double[] Proposal { get; } = new double[size];

        public double[] Gradient { get; } = new double[size];
    }
}
