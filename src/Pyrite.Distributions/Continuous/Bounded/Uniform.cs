using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Every number from <c>low</c> to <c>high</c> is equally likely.</summary>
/// <remarks>Batch shape: broadcast(low, high). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Uniform : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end; above low.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Uniform(Tensor low, Tensor high, bool validate = true)
        : base(Shape.Broadcast(low.Shape, high.Shape), Shape.Scalar, validate)
    {
        Low = Declare("low", low, Constraints.Real);
        High = Declare("high", high, Constraints.GreaterThan(low));
    }

    /// <summary>The lower end.</summary>
    public Tensor Low { get; }

    /// <summary>The upper end; above low.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Interval(Low, High);

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(0.5 * (Low + High));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch((High - Low).Square() / 12);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(double.NaN);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((High - Low).Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Probability.ClampClosed((x - Low) / (High - Low));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Probability.ClampClosed((High - x) / (High - Low));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Tensor.Where(p < 0.5, Low + ((High - Low) * p), High - ((High - Low) * (1 - p)));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Tensor.Where(p < 0.5, High - ((High - Low) * p), Low + ((High - Low) * (1 - p)));

    internal override Distribution? Widened => new Uniform(Low.Widened, High.Widened, validate: false);

    internal override bool ScoresNarrow => true;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Low + ((High - Low) * key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => -(High - Low).Log();
}
