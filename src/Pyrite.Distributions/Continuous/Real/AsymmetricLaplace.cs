using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Two exponentials back to back: mean scale · asymmetry to the left, scale / asymmetry to the right.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are reparameterized.</remarks>
public sealed class AsymmetricLaplace : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The location.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="asymmetry">1 gives a Laplace distribution; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public AsymmetricLaplace(Tensor loc, Tensor scale, Tensor asymmetry, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape, asymmetry.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
        Asymmetry = Declare("asymmetry", asymmetry, Constraints.Positive);
    }

    /// <summary>The location.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>1 gives a Laplace distribution; positive.</summary>
    public Tensor Asymmetry { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc + Right - Left);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Left.Square() + Right.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(1 + (Left + Right).Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x)
    {
        Tensor distance = x - Loc;
        Tensor below = Left / (Left + Right) * (-(-distance).Relu() / Left).Exp();
        return Tensor.Where(distance < 0, below, (Left / (Left + Right)) - (Right / (Left + Right) * (-distance.Relu() / Right).Expm1()));
    }

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x)
    {
        Tensor distance = x - Loc;
        return Tensor.Where(distance < 0, (Right / (Left + Right)) - (Left / (Left + Right) * (-(-distance).Relu() / Left).Expm1()),
            Right / (Left + Right) * (-distance.Relu() / Right).Exp());
    }

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x)
    {
        Tensor distance = x - Loc;
        Tensor below = (Left / (Left + Right)).Log() - ((-distance).Relu() / Left);
        return Tensor.Where(distance < 0, below, (-(Right / (Left + Right) * (-distance.Relu() / Right).Exp())).Log1p());
    }

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x)
    {
        Tensor distance = x - Loc;
        Tensor above = (Right / (Left + Right)).Log() - (distance.Relu() / Right);
        return Tensor.Where(distance < 0, (-(Left / (Left + Right) * (-(-distance).Relu() / Left).Exp())).Log1p(), above);
    }

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p)
    {
        Tensor share = Left / (Left + Right);
        Tensor low = Loc + (Left * (p / share).Log());
        Tensor high = Loc - (Right * ((1 - p) / (Right / (Left + Right))).Log());
        return Tensor.Where(p < share, low, high);
    }

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p)
    {
        Tensor share = Right / (Left + Right);
        Tensor high = Loc - (Right * (p / share).Log());
        Tensor low = Loc + (Left * ((1 - p) / (Left / (Left + Right))).Log());
        return Tensor.Where(p < share, high, low);
    }

    internal override Distribution? Widened => new AsymmetricLaplace(Loc.Widened, Scale.Widened, Asymmetry.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor right = -Right * key.Child(1).Uniform(shape, DType).Log();
        Tensor left = -Left * key.Child(0).Uniform(shape, DType).Log();
        return Loc + right - left;
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor distance = value - Loc;
        return -((distance.Relu() / Right) + ((-distance).Relu() / Left)) - (Left + Right).Log();
    }

    private Tensor Left => Scale * Asymmetry;

    private Tensor Right => Scale / Asymmetry;
}
