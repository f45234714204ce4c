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
    public override ChainState Start(Potential potential, ReadOnlySpan<double> position, int warmup, RandomKey key) =>
        ChainState.At(potential, position, warmup, key);

    /// <inheritdoc/>
    public override ChainState Step(Potential potential, ChainState state)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(state);
        PointOnSlice point = state.Workspace as PointOnSlice ?? new PointOnSlice(state.Position.Length);
        state.Workspace = point;
        state.Position.CopyTo(point.Position);
        point.Evaluations = 0;
        double logDensity = state.LogDensity;
        RandomKey key = state.NextKey;
        for (int i = 0; i < point.Position.Length; i++)
        {
            logDensity = Update(potential, point, i, logDensity, key.Child(i));
        }
        return state.Move(point.Position, point.Gradient, new Transition(logDensity, 1, Width, 0, point.Evaluations, false, -logDensity));
    }

    private double Update(Potential potential, PointOnSlice point, int index, double logDensity, RandomKey key)
    {
        int draw = 0;
        double center = point.Position[index];
        double level = logDensity + Math.Log(key.Child(draw++).UniformNumber());
        double low = center - (Width * key.Child(draw++).UniformNumber()), high = low + Width;
        int down = (int)(MostSteps * key.Child(draw++).UniformNumber()), up = MostSteps - 1 - down;
        for (; down > 0 && At(potential, point, index, low) > level; down--)
        {
            low -= Width;
        }
        for (; up > 0 && At(potential, point, index, high) > level; up--)
        {
            high += Width;
        }
        while (high > low)
        {
            double candidate = low + ((high - low) * key.Child(draw++).UniformNumber());
            double value = At(potential, point, index, candidate);
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
        return At(potential, point, index, center);
    }

    private static double At(Potential potential, PointOnSlice point, int index, double number)
    {
        point.Evaluations++;
        point.Position[index] = number;
        return potential.LogDensity(point.Position, point.Gradient);
    }

    private sealed class PointOnSlice(int size)
    {
        public double[] Position { get; } = new double[size];

        public double[] Gradient { get; } = new double[size];

        public int Evaluations { get; set; }
    }
}
