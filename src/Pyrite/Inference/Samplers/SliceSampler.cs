namespace Pyrite;

/// <summary>Slice sampling of one number after the other. For comparison; <see cref="Nuts"/> is the sampler to use.</summary>
/// <remarks>Neal, "Slice sampling" (2003): stepping out (figure 3) and shrinkage (figure 5).</remarks>
public sealed class SliceSampler : Sampler
{
    private const int MostSteps = 64;

    /// <summary>Settings.</summary>
    /// <param name="width">The width of the first interval around each number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive.</exception>
    public SliceSampler(double width = 2)
    {
        if (!(width > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, "The width of intervals is positive.");
        }
        Width = width;
    }

    /// <summary>The width of the first interval around each number.</summary>
    public double Width { get; }

    /// <inheritdoc/>
    public override ChainState Initialize(Potential potential, ReadOnlySpan<double> start, int warmup, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(potential);
        return new ChainState(potential, start, warmup);
    }

    /// <inheritdoc/>
    public override ChainState Step(ChainState state, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(state);
        double logDensity = state.Last.LogDensity;
        int evaluations = 0;
        for (int i = 0; i < state.Point.Length; i++)
        {
            logDensity = Update(state, i, logDensity, key.Child(i), ref evaluations);
        }
        state.Last = new Transition(logDensity, 1, Width, 0, evaluations, false, -logDensity);
        state.Transitions++;
        return state;
    }

    private double Update(ChainState state, int index, double logDensity, RandomKey key, ref int evaluations)
    {
        int draw = 0;
        double center = state.Point[index];
        double level = logDensity + Math.Log(key.Child(draw++).UniformNumber());
        double low = center - (Width * key.Child(draw++).UniformNumber()), high = low + Width;
        int down = (int)(MostSteps * key.Child(draw++).UniformNumber()), up = MostSteps - 1 - down;
        for (; down > 0 && At(state, index, low, ref evaluations) > level; down--)
        {
            low -= Width;
        }
        for (; up > 0 && At(state, index, high, ref evaluations) > level; up--)
        {
            high += Width;
        }
        while (high > low)
        {
            double candidate = low + ((high - low) * key.Child(draw++).UniformNumber());
            double value = At(state, index, candidate, ref evaluations);
            if (value > level)
            {
                return value;
            }
            if (candidate < center)
            {
                low = candidate;
            }
            else
            {
                high = candidate;
            }
            if (candidate == center)
            {
                break;
            }
        }
        return At(state, index, center, ref evaluations);
    }

    private static double At(ChainState state, int index, double number, ref int evaluations)
    {
        evaluations++;
        state.Point[index] = number;
        return state.Potential.LogDensity(state.Point, state.Slope);
    }
}
