using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>Gaussian made lopsided by <c>alpha</c>: density 2 φ(z) Φ(alpha · z) / scale.</summary>
/// <remarks>Batch shape: broadcast(loc, scale, alpha). Event shape: []. Draws are reparameterized. Azzalini, 1985.</remarks>
public sealed class SkewNormal : Distribution
{
    private static readonly double HalfLogHalfPi = 0.5 * Math.Log(Math.PI / 2);

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The location.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="alpha">The slant; 0 gives a Gaussian, positive values a long right tail.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public SkewNormal(Tensor loc, Tensor scale, Tensor alpha, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape, alpha.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
        Alpha = Declare("alpha", alpha, Constraints.Real);
    }

    /// <summary>The location.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The slant; 0 gives a Gaussian, positive values a long right tail.</summary>
    public Tensor Alpha { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc + (Scale * MeanShift));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Scale.Square() * (1 - MeanShift.Square()));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc + (Scale * Alpha.SkewNormalMode()));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => LogCdf(x).Exp();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => ((x - Loc) / Scale).LogSkewNormalCdf(Alpha);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => ((Loc - x) / Scale).LogSkewNormalCdf(-Alpha);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc + (Scale * RealQuantiles.FromBelow(Standard, p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc + (Scale * RealQuantiles.FromAbove(Standard, p));

    /// <summary>The member at 0 of scale 1, whose quantiles are found whatever the scale is beside the location.</summary>
    private SkewNormal Standard => new(0, 1, Alpha, validate: false);

    internal override Distribution? Widened => new SkewNormal(Loc.Widened, Scale.Widened, Alpha.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor length = (1 + Alpha.Square()).Sqrt();
        Tensor shared = key.Child(0).Normal(shape, DType).Abs();
        Tensor own = key.Child(1).Normal(shape, DType);
        return Loc + (Scale * ((Alpha / length * shared) + (own / length)));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor z = (value - Loc) / Scale;
        return (-0.5 * z.Square()) + (Alpha * z).LogNormalCdf() - Scale.Log() - HalfLogHalfPi;
    }

    private Tensor MeanShift => Math.Sqrt(2 / Math.PI) * Alpha / (1 + Alpha.Square()).Sqrt();
}
