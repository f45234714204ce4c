using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The time a drifting Brownian motion takes to a barrier: mean <c>loc</c>, variance loc³ / scale.</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws, by Michael, Schucany and Haas (1976), are reparameterized
/// implicitly.</remarks>
public sealed class InverseGaussian : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean; positive.</param>
    /// <param name="scale">The shape; positive, large values give little spread.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public InverseGaussian(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Positive);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The mean; positive.</summary>
    public Tensor Loc { get; }

    /// <summary>The shape; positive, large values give little spread.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Loc.Square() * Loc / Scale);

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor spread = 1.5 * Loc / Scale;
            return OverBatch(Loc / (spread + (1 + spread.Square()).Sqrt()));
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        OverBatch(
            (0.5 * (1 + Math.Log(2 * Math.PI))) + (1.5 * Loc.Log()) - (0.5 * Scale.Log()) - (1.5 * (2 * Scale / Loc).ScaledExponentialIntegral()));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => DoublePrecision.Of(DType, Loc, Scale, x, CdfOf);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => DoublePrecision.Of(DType, Loc, Scale, x, LogSurvivalOf);

    internal override Distribution? Widened => new InverseGaussian(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor loc = Loc.Detach();
        Tensor ratio = 0.5 * loc / Scale.Detach() * key.Child(0).Normal(shape, DType).Square();
        Tensor smaller = loc / (1 + ratio + (ratio * (2 + ratio)).Sqrt());
        Tensor first = key.Child(1).Uniform(shape, DType) * (loc + smaller) <= loc;
        return RealQuantiles.Attach(this, Tensor.Where(first, smaller, loc.Square() / smaller));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor deviation = (value - Loc) / Loc;
        Tensor? known = value.KnownLogAbove(0);
        Tensor relative = known is null ? deviation / value : (1 / Loc) - (-known).Exp();
        return (0.5 * (Scale / (2 * Math.PI)).Log()) - (1.5 * (known ?? value.Log())) - (0.5 * Scale * deviation * relative);
    }

    private static Tensor CdfOf(Tensor loc, Tensor scale, Tensor x)
    {
        Tensor inside = (x > 0) & (x < double.PositiveInfinity);
        Tensor safe = Tensor.Where(inside, x, 1);
        Tensor root = (scale / safe).Sqrt();
        Tensor first = (root * ((safe / loc) - 1)).NormalCdf();
        Tensor second = ((2 * scale / loc) + (-root * ((safe / loc) + 1)).LogNormalCdf()).Exp();
        return Tensor.Where(inside, first + second, (x > 0).To(safe.DType));
    }

    private static Tensor LogSurvivalOf(Tensor loc, Tensor scale, Tensor x)
    {
        Tensor inside = (x > 0) & (x < double.PositiveInfinity);
        Tensor safe = Tensor.Where(inside, x, 1);
        Tensor isUpper = safe > loc;
        Tensor root = (0.5 * scale / safe).Sqrt();
        Tensor near = root * ((Tensor.Where(isUpper, safe, 2 * loc) / loc) - 1);
        Tensor far = root * ((safe / loc) + 1);
        Tensor upper = (0.5 * (near.Erfcx() - far.Erfcx())).Log() - near.Square();
        Tensor lower = (-CdfOf(loc, scale, Tensor.Where(isUpper, loc, safe))).Log1p();
        return Tensor.Where(inside, Tensor.Where(isUpper, upper, lower), Tensor.Where(x > 0, double.NegativeInfinity, 0.0));
    }
}
