using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>The absolute value of a Gaussian around 0 with standard deviation <c>scale</c>.</summary>
/// <remarks>Batch shape: that of scale. Event shape: []. Draws are reparameterized.</remarks>
public sealed class HalfNormal : Distribution
{
    private static readonly double HalfLogHalfPi = 0.5 * Math.Log(Math.PI / 2);
    private static readonly double RootTwo = Math.Sqrt(2);

    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The standard deviation of the Gaussian; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public HalfNormal(Tensor scale, bool validate = true)
        : base(scale.Shape, Shape.Scalar, validate)
    {
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The standard deviation of the Gaussian; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Scale * Math.Sqrt(2 / Math.PI));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Scale.Square() * (1 - (2 / Math.PI)));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(0);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Scale.Log() + (0.5 + HalfLogHalfPi));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => (x.Relu() / (RootTwo * Scale)).Erf();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => (x.Relu() / (RootTwo * Scale)).Erfc();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x)
    {
        Tensor isNear = x < 0.5 * Scale;
        Tensor near = (-Tensor.Where(isNear, Cdf(x), 0)).Log1p();
        return Tensor.Where(isNear, near, (-x.Relu() / Scale).LogNormalCdf() + Math.Log(2));
    }

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => RootTwo * Scale * p.ErfInverse();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => -Scale * (0.5 * p).NormalQuantile();

    internal override Distribution? Widened => new HalfNormal(Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Scale * key.Normal(shape, DType).Abs();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => (-0.5 * (value / Scale).Square()) - (Scale.Log() + HalfLogHalfPi);
}
