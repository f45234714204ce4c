using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Density that rises in a straight line from <c>low</c> to <c>peak</c> and falls to <c>high</c>.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are reparameterized.</remarks>
public sealed class Triangular : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end; above low.</param>
    /// <param name="peak">The mode; from low to high.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Triangular(Tensor low, Tensor high, Tensor peak, bool validate = true)
        : base(Shape.Broadcast(low.Shape, high.Shape, peak.Shape), Shape.Scalar, validate)
    {
        Low = Declare("low", low, Constraints.Real);
        High = Declare("high", high, Constraints.GreaterThan(low));
        Peak = Declare("peak", peak, Constraints.Interval(low, high));
    }

    /// <summary>The lower end.</summary>
    public Tensor Low { get; }

    /// <summary>The upper end; above low.</summary>
    public Tensor High { get; }

    /// <summary>The mode; from low to high.</summary>
    public Tensor Peak { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Interval(Low, High);

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch((Low + High + Peak) / 3);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(((High - Low).Square() - ((High - Peak) * (Peak - Low))) / 18);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Peak);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(0.5 + (0.5 * (High - Low)).Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x)
    {
        Tensor left = (x - Low).Relu().Square() / ((High - Low) * NonZero(Peak - Low));
        Tensor right = (High - x).Relu().Square() / ((High - Low) * NonZero(High - Peak));
        return Tensor.Where(x < Peak, left, 1 - Tensor.Where(x < High, right, 0));
    }

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x)
    {
        Tensor left = (x - Low).Relu().Square() / ((High - Low) * NonZero(Peak - Low));
        Tensor right = (High - x).Relu().Square() / ((High - Low) * NonZero(High - Peak));
        return Tensor.Where(x < Peak, 1 - left, right);
    }

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p)
    {
        Tensor isLeft = p < (Peak - Low) / (High - Low);
        Tensor left = Low + Tensor.Where(isLeft, p * (High - Low) * (Peak - Low), 1).Sqrt();
        Tensor right = High - Tensor.Where(isLeft, 1, (1 - p) * (High - Low) * (High - Peak)).Sqrt();
        return Tensor.Where(isLeft, left, right);
    }

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p)
    {
        Tensor isRight = p < (High - Peak) / (High - Low);
        Tensor left = Low + Tensor.Where(isRight, 1, (1 - p) * (High - Low) * (Peak - Low)).Sqrt();
        Tensor right = High - Tensor.Where(isRight, p * (High - Low) * (High - Peak), 1).Sqrt();
        return Tensor.Where(isRight, right, left);
    }

    internal override Distribution? Widened => new Triangular(Low.Widened, High.Widened, Peak.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        // Logarithms of both lengths, so that at an end the slopes of the other parameters stay finite.
        Tensor rises = (value < Peak) | Peak.EqualTo(High);
        Tensor logLength = value.KnownLogAbove(Low) is { } above && value.KnownLogBelow(High) is { } below
            ? Tensor.Where(rises, above, below)
            : Tensor.Where(rises, value - Low, High - value).Log();
        Tensor whole = Tensor.Where(rises, Peak - Low, High - Peak);
        return logLength - whole.Log() + Math.Log(2) - (High - Low).Log();
    }

    /// <summary>A side's length, or 1 for a side that is not there, where nothing is asked of it.</summary>
    private static Tensor NonZero(Tensor length) => Tensor.Where(length.EqualTo(0), 1, length);
}
