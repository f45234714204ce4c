using Pyrite.Supports.Conditions;

namespace Pyrite;

/// <summary>All mass on one point.</summary>
/// <remarks>Batch shape: that of the point without its last <c>eventDim</c> axes. Draws are the point itself, gradients included.</remarks>
public sealed class Delta : Distribution
{
    /// <summary>A point mass.</summary>
    /// <param name="v">The point.</param>
    /// <param name="logDensity">The score of the point; 0 if not given. Other values score minus infinity.</param>
    /// <param name="eventDim">How many last axes of the point make up an event.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The point has fewer axes.</exception>
    public Delta(Tensor v, Tensor? logDensity = null, int eventDim = 0, bool validate = true)
        : base(v.Shape[..^RequireAxes(v, eventDim)], v.Shape[^eventDim..], validate)
    {
        Point = Declare("v", v, Constraints.Independent(Constraints.Real, eventDim));
        LogDensityAtPoint = Declare("logDensity", logDensity ?? 0, Constraints.Real);
    }

    /// <summary>The point.</summary>
    public Tensor Point { get; }

    /// <summary>The score of the point.</summary>
    public Tensor LogDensityAtPoint { get; }

    /// <inheritdoc/>
    public override string PointMasses => "it gives one point all probability";

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Independent(Constraints.Real, EventShape.Rank);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Point;

    /// <inheritdoc/>
    public override Tensor Variance => Tensor.Zeros(Point.Shape, DType);

    /// <inheritdoc/>
    public override Tensor Mode => Point;

    /// <inheritdoc/>
    public override Tensor Entropy() => -OverBatch(LogDensityAtPoint);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => EventShape.Rank == 0 ? (x >= Point).To(DType) : base.Cdf(x);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => EventShape.Rank == 0 ? (x < Point).To(DType) : base.SurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) =>
        EventShape.Rank == 0 ? Point.BroadcastTo(Shape.Broadcast(BatchShape, p.Shape)) : base.InverseCdf(p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => InverseCdf(p);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Point.BroadcastTo(shape);

    /// <summary>Integers are compared as they are.</summary>
    internal override Tensor InScoredType(Tensor value) => value.DType.IsFloatingPoint ? base.InScoredType(value) : value;

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor equal = Verdicts.SameNumber(value, Point);
        Tensor same = EventShape.Rank == 0 ? equal : Verdicts.AllOverLast(equal, EventShape.Rank);
        return Tensor.Where(same, LogDensityAtPoint, double.NegativeInfinity);
    }

    private static int RequireAxes(Tensor v, int eventDim) => eventDim >= 0 && eventDim <= v.Rank
        ? eventDim
        : throw new ArgumentOutOfRangeException(nameof(eventDim), eventDim,
            $"Delta: a point of shape {v.Shape} has {v.Rank} axes; eventDim is {eventDim}. Use 0 to {v.Rank}.");
}
