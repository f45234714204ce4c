using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>The waiting time for an event that happens at a constant <c>rate</c>.</summary>
/// <remarks>Batch shape: that of rate. Event shape: []. Draws are reparameterized.</remarks>
public sealed class Exponential : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="rate">Events per unit of time; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Exponential(Tensor rate, bool validate = true)
        : base(rate.Shape, Shape.Scalar, validate)
    {
        Rate = Declare("rate", rate, Constraints.Positive);
    }

    /// <summary>Events per unit of time; positive.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(1 / Rate);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(1 / Rate.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(0);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(1 - Rate.Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => -(-Rate * x.Relu()).Expm1();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => (-Rate * x.Relu()).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => LogSurvivalFunction(x).Log1mExp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => -Rate * x.Relu();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => -(-p).Log1p() / Rate;

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => -p.Log() / Rate;

    internal override Distribution? Widened => new Exponential(Rate.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => -key.Uniform(shape, DType).Log() / Rate;

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Rate.Log() - (Rate * value);
}
