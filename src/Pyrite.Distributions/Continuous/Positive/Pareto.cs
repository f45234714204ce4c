using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>Power law: P(X &gt; x) = (scale / x)^alpha from <c>scale</c> on.</summary>
/// <remarks>Batch shape: broadcast(scale, alpha). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Pareto : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The smallest value; positive.</param>
    /// <param name="alpha">The exponent; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Pareto(Tensor scale, Tensor alpha, bool validate = true)
        : base(Shape.Broadcast(scale.Shape, alpha.Shape), Shape.Scalar, validate)
    {
        Scale = Declare("scale", scale, Constraints.Positive);
        Alpha = Declare("alpha", alpha, Constraints.Positive);
    }

    /// <summary>The smallest value; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The exponent; positive.</summary>
    public Tensor Alpha { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.GreaterThanOrEqual(Scale);

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Tensor.Where(Alpha > 1, Alpha * Scale / (Alpha - 1), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(Tensor.Where(Alpha > 2, (Scale / (Alpha - 1)).Square() * Alpha / (Alpha - 2), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Scale);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((Scale / Alpha).Log() + 1 + (1 / Alpha));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => -LogSurvivalFunction(x).Expm1();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => LogSurvivalFunction(x).Log1mExp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => -Alpha * (x / Scale).Relu().Log().Relu();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Scale * (-(-p).Log1p() / Alpha).Exp();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Scale * (-p.Log() / Alpha).Exp();

    internal override Distribution? Widened => new Pareto(Scale.Widened, Alpha.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => (Scale * (-key.Uniform(shape, DType).Log() / Alpha).ExpInRange()).Finite();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Alpha.Log() + (Alpha * (Scale.Log() - value.LogOf())) - value.LogOf();
}
