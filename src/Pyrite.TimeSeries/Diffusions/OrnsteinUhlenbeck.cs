using Pyrite.Diffusions;

namespace Pyrite;

/// <summary>Paths that are drawn back to a mean: dx = rate (mean - x) dt + scale dW, at any increasing times, exactly.</summary>
/// <remarks>Batch shape: the broadcast of the parameters. Event shape: [n], the times. x(t + s) given x(t) is Gaussian with mean
/// m + e^(-rate s) (x(t) - m) and variance scale² (1 - e^(-2 rate s)) / (2 rate) (Uhlenbeck and Ornstein 1930). Draws are reparameterized.</remarks>
public sealed class OrnsteinUhlenbeck : Distribution
{
    private readonly Tensor stretches;

    /// <summary>Makes the distribution.</summary>
    /// <param name="mean">Where paths are drawn to, [..].</param>
    /// <param name="rate">How fast, per unit of time, [..]; positive.</param>
    /// <param name="scale">The size of the noise, per root of the unit of time, [..]; positive.</param>
    /// <param name="times">When the path is looked at, [n]; increasing.</param>
    /// <param name="start">The value at time <paramref name="startTime"/>; if not given, the first value has the stationary distribution, of variance
    /// scale² / (2 rate).</param>
    /// <param name="startTime">When the path starts, before the first time; 0 if not given. It counts where there is a start.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Times do not increase, or rate or scale is not positive.</exception>
    public OrnsteinUhlenbeck(Tensor mean, Tensor rate, Tensor scale, Tensor times, Tensor? start = null, double startTime = 0, bool validate = true)
        : base(BatchOf(mean, rate, scale, start), [times.Count], validate)
    {
        Center = Declare("mean", mean, Constraints.Real);
        Rate = Declare("rate", rate, Constraints.Positive);
        Scale = Declare("scale", scale, Constraints.Positive);
        Start = start is null ? null : Declare("start", start, Constraints.Real);
        Times = Declare("times", times, Constraints.RealVector);
        stretches = TimePoints.Stretches(start is null ? times : Tensor.Concat([Tensor.Full([1], startTime, times.DType), times]),
            nameof(OrnsteinUhlenbeck));
    }

    /// <summary>Where paths are drawn to.</summary>
    public Tensor Center { get; }

    /// <summary>How fast they are drawn there.</summary>
    public Tensor Rate { get; }

    /// <summary>The size of the noise.</summary>
    public Tensor Scale { get; }

    /// <summary>The value at the start; null for the stationary distribution.</summary>
    public Tensor? Start { get; }

    /// <summary>When the path is looked at, [n].</summary>
    public Tensor Times { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    // [.., n - 1], or [.., n] where there is a start.
    private Tensor Kept => (-Over(Rate) * stretches).Exp();

    private Tensor Spread => Over(Scale) * (-(-2 * Over(Rate) * stretches).Expm1() / (2 * Over(Rate))).Sqrt();

    private Tensor StationaryScale => Scale / (2 * Rate).Sqrt();

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor noise = key.Normal(shape, DType), kept = Kept, spread = Spread, center = Over(Center);
        int count = EventShape[0], offset = Start is null ? 1 : 0;
        Tensor deviation = Start is null ? Over(StationaryScale) * noise.Slice(-1, 0, 1) : Over(Start) - center;
        List<Tensor> path = Start is null ? [deviation] : [];
        for (int i = offset; i < count; i++)
        {
            deviation = (kept.Slice(-1, i - offset, 1) * deviation) + (spread.Slice(-1, i - offset, 1) * noise.Slice(-1, i, 1));
            path.Add(deviation);
        }
        return (center + Tensor.Concat([.. path.Select(entry => entry.BroadcastTo(shape[..^1] + [1]))], -1)).To(DType);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        Tensor deviations = value - Over(Center);
        int count = EventShape[0];
        Tensor first = Start is null ? new Normal(0.0, StationaryScale, validate: false).LogProb(deviations.Select(-1, 0)) : 0.0;
        if (Start is null && count == 1)
        {
            return first;
        }
        Tensor earlier = deviations.Slice(-1, 0, count - 1), later = Start is null ? deviations.Slice(-1, 1, count - 1) : deviations;
        if (Start is not null)
        {
            Shape front = Shape.Broadcast(deviations.Shape[..^1], Start.Shape);
            Tensor before = Over(Start - Center).To(deviations.DType).BroadcastTo(front + [1]);
            earlier = count == 1 ? before : Tensor.Concat([before, earlier.BroadcastTo(front + [count - 1])], -1);
        }
        return first + new Normal(Kept * earlier, Spread, validate: false).LogProb(later).Sum(-1);
    }

    /// <summary>With an axis for the times; a number broadcasts by itself.</summary>
    private static Tensor Over(Tensor parameter) => parameter.Rank == 0 ? parameter : parameter.Unsqueeze(-1);

    private static Shape BatchOf(Tensor mean, Tensor rate, Tensor scale, Tensor? start)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(rate);
        ArgumentNullException.ThrowIfNull(scale);
        Shape batch = Shape.Broadcast(Shape.Broadcast(mean.Shape, rate.Shape), scale.Shape);
        return start is null ? batch : Shape.Broadcast(batch, start.Shape);
    }
}
