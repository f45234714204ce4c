using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>P(X ≤ x) = sigmoid((x - loc) / scale).</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Logistic : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Logistic(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The mean.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Math.PI * Math.PI / 3 * Scale.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Scale.Log() + 2);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => LogCdf(x).Exp();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => ((x - Loc) / Scale).LogSigmoid();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => ((Loc - x) / Scale).LogSigmoid();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc + (Scale * Probability.Logit(p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc - (Scale * Probability.Logit(p));

    internal override Distribution? Widened => new Logistic(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Loc + (Scale * Probability.Logit(key.Uniform(shape, DType)));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor z = (value - Loc) / Scale;
        return -(z.Softplus() + (-z).Softplus()) - Scale.Log();
    }
}
