using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;
using Pyrite.Functions.Truncation;

namespace Pyrite;

/// <summary>The absolute value of a Gaussian.</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class FoldedNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean of the Gaussian.</param>
    /// <param name="scale">Its standard deviation; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public FoldedNormal(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The mean of the Gaussian.</summary>
    public Tensor Loc { get; }

    /// <summary>Its standard deviation; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc.Abs() + (Scale * Excess((Loc / Scale).Abs())));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(DoublePrecision.Of(DType, Loc, Scale, (loc, scale) =>
    {
        Tensor size = (loc / scale).Abs();
        Tensor excess = Excess(size);
        return scale.Square() * (1 - (excess * ((2 * size) + excess)));
    }));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Scale * (Loc / Scale).FoldedNormalMode());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) =>
        DoublePrecision.Of(DType, Loc, Scale, x, (l, s, v) => TruncatedNormalFunctions.Mass((-v.Relu() - l) / s, (v.Relu() - l) / s));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => ((-x.Relu() - Loc) / Scale).NormalCdf() + ((Loc - x.Relu()) / Scale).NormalCdf();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        ((-x.Relu() - Loc) / Scale).LogNormalCdf().LogAddExp(((Loc - x.Relu()) / Scale).LogNormalCdf());

    internal override Distribution? Widened => new FoldedNormal(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => (Loc + (Scale * key.Normal(shape, DType))).Abs();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor nearer = Loc.Abs();
        Tensor near = -0.5 * ((value - nearer) / Scale).Square();
        Tensor farther = (-2 * (value / Scale) * (nearer / Scale)).Softplus();
        return near + farther - (Scale.Log() + HalfLogTwoPi);
    }

    /// <summary>2 (φ(m) - m Φ(-m)): by how much the mean of |Z + m| exceeds m.</summary>
    private static Tensor Excess(Tensor m) => 2 * ((((-0.5 * m.Square()) - HalfLogTwoPi).Exp()) - (m * (-m).NormalCdf()));
}
