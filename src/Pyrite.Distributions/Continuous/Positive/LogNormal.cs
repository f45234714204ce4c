using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>A number whose logarithm is Gaussian with mean <c>loc</c> and standard deviation <c>scale</c>.</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class LogNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean of the logarithm.</param>
    /// <param name="scale">The standard deviation of the logarithm; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public LogNormal(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The mean of the logarithm.</summary>
    public Tensor Loc { get; }

    /// <summary>The standard deviation of the logarithm; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch((Loc + (0.5 * Scale.Square())).Exp());

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Scale.Square().Expm1() * ((2 * Loc) + Scale.Square()).Exp());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch((Loc - Scale.Square()).Exp());

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Loc + Scale.Log() + (0.5 + HalfLogTwoPi));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) =>
        Tensor.Where(x > 0, DoublePrecision.Of(DType, Loc, Scale, Tensor.Where(x > 0, x, 1), (l, s, v) => ((v.Log() - l) / s).NormalCdf()), 0);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        Tensor.Where(x > 0, DoublePrecision.Of(DType, Loc, Scale, Tensor.Where(x > 0, x, 1), (l, s, v) => ((l - v.Log()) / s).NormalCdf()), 1);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => DoublePrecision.Of(DType, Loc, Scale, x, (l, s, v) => ((v.Relu().Log() - l) / s).LogNormalCdf());

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Loc, Scale, x, (l, s, v) => ((l - v.Relu().Log()) / s).LogNormalCdf());

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => (Loc + (Scale * p.NormalQuantile())).Exp();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => (Loc - (Scale * p.NormalQuantile())).Exp();

    internal override Distribution? Widened => new LogNormal(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => (Loc + (Scale * key.Normal(shape, DType))).ExpInRange();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor log = value.LogOf();
        Tensor z = (log - Loc) / Scale;
        return (-0.5 * z.Square()) - log - (Scale.Log() + HalfLogTwoPi);
    }
}
