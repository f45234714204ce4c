using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Multivariate;

namespace Pyrite;

/// <summary>The inverse of a Wishart matrix: the conjugate prior of a Gaussian covariance.</summary>
/// <remarks>Batch shape: broadcast of the parameters without their event axes. Event shape: [n, n]. Mean Ψ / (df - n - 1). Draws are
/// reparameterized.</remarks>
public sealed class InverseWishart : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="df">Degrees of freedom; above n - 1.</param>
    /// <param name="scaleMatrix">Ψ; positive-definite. Give this or <paramref name="scaleTril"/>.</param>
    /// <param name="scaleTril">The Cholesky factor of Ψ.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of the matrices were given, a parameter violates its constraint, or shapes do not
    /// fit.</exception>
    public InverseWishart(Tensor df, Tensor? scaleMatrix = null, Tensor? scaleTril = null, bool validate = true)
        : base(Shape.Broadcast(df.Shape, SuccessParameter.OneOf("InverseWishart", scaleMatrix, scaleTril, "scaleMatrix", "scaleTril").Shape[..^2]),
            SuccessParameter.OneOf("InverseWishart", scaleMatrix, scaleTril, "scaleMatrix", "scaleTril").Shape[^2..], validate)
    {
        Df = Declare("df", df, Constraints.GreaterThan(EventShape[1] - 1));
        ScaleTril =
            scaleTril is not null
                ? AsReal(Declare("scaleTril", scaleTril, Constraints.LowerCholesky))
                : Declare("scaleMatrix", scaleMatrix!, Constraints.PositiveDefinite).CholeskyFactor();
    }

    /// <summary>Degrees of freedom.</summary>
    public Tensor Df { get; }

    /// <summary>The Cholesky factor of Ψ.</summary>
    public Tensor ScaleTril { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.PositiveDefinite;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean
    {
        get
        {
            Tensor excess = (Df - EventShape[0] - 1).OverEvent(2);
            Tensor scale = ScaleTril.MatMul(ScaleTril.Transpose());
            return Tensor.Where(excess > 0, scale / excess, double.NaN).BroadcastTo(BatchShape + EventShape);
        }
    }

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            if (HasNarrowParameters)
            {
                return Widened!.Variance.To(DType);   // the third power of the degrees of freedom leaves the range
            }
            Tensor excess = (Df - EventShape[0]).OverEvent(2);
            Tensor scale = ScaleTril.MatMul(ScaleTril.Transpose());
            Tensor diagonal = scale.Diagonal();
            Tensor products = diagonal.Unsqueeze(-1) * diagonal.Unsqueeze(-2);
            Tensor variance = (((excess + 1) * scale.Square()) + ((excess - 1) * products)) / (excess * (excess - 1).Square() * (excess - 3));
            Tensor heavy = Tensor.Where(excess > 1, double.PositiveInfinity, double.NaN);
            return Tensor.Where(excess > 3, variance, heavy).BroadcastTo(BatchShape + EventShape);
        }
    }

    /// <inheritdoc/>
    public override Tensor Mode =>
        (ScaleTril.MatMul(ScaleTril.Transpose()) / (Df + EventShape[0] + 1).OverEvent(2)).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Entropy() => HasNarrowParameters ? Widened!.Entropy().To(DType) : ExactEntropy();

    private Tensor ExactEntropy()
    {
        int size = EventShape[0];
        Tensor rest = WishartFunctions.EntropyRest(Df, size, -0.5 * (size + 1 + Tensor.Range(size).To(DType)));
        return OverBatch(
            (0.5 * (size + 1) * WishartFunctions.LogDeterminant(ScaleTril)) - (0.5 * size * (size + 1) * Math.Log(2)) + rest);
    }

    internal override Distribution? Widened => new InverseWishart(Df.Widened, scaleTril: ScaleTril.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        // Bartlett's factor in reverse order is an upper one, so that the transposed inverse is a lower one, by which the draw is known exactly.
        Tensor inverse = WishartFunctions.BartlettFactor(key, Df, shape, DType).InverseOfLower().Flip(-1).Flip(-2);
        return WishartFunctions.ToCovariance.Forward(ScaleTril.MatMul(inverse.Transpose()));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        int size = EventShape[0];
        Tensor factor = value.PreimageUnder(WishartFunctions.ToCovariance) ?? value.CholeskyFactor();
        return WishartFunctions.LogDensityOfRatio(Df, WishartFunctions.Ratio(factor, ScaleTril), size)
            - (0.5 * (size + 1) * WishartFunctions.LogDeterminant(factor));
    }
}
