using Pyrite.Functions;
using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;
using Pyrite.Multivariate;

namespace Pyrite;

/// <summary>Random covariance matrices: the sum of df outer products of Gaussian vectors, for any real df above n - 1.</summary>
/// <remarks>Batch shape: broadcast of the parameters without their event axes. Event shape: [n, n]. Mean df · V. Draws are reparameterized
/// (Bartlett's decomposition).</remarks>
public sealed class Wishart : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="df">Degrees of freedom; above n - 1.</param>
    /// <param name="covarianceMatrix">V; positive-definite. Give this, <paramref name="precisionMatrix"/> or <paramref name="scaleTril"/>.</param>
    /// <param name="precisionMatrix">The inverse of V.</param>
    /// <param name="scaleTril">The Cholesky factor of V.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Not exactly one matrix was given, a parameter violates its constraint, or shapes do not fit.</exception>
    public Wishart(Tensor df, Tensor? covarianceMatrix = null, Tensor? precisionMatrix = null, Tensor? scaleTril = null, bool validate = true)
        : base(Shape.Broadcast(df.Shape, MatrixParameter.OneOf("Wishart", covarianceMatrix, precisionMatrix, scaleTril).Shape[..^2]),
            MatrixParameter.OneOf("Wishart", covarianceMatrix, precisionMatrix, scaleTril).Shape[^2..], validate)
    {
        Df = Declare("df", df, Constraints.GreaterThan(EventShape[1] - 1));
        ScaleTril = scaleTril is not null ? AsReal(Declare("scaleTril", scaleTril, Constraints.LowerCholesky))
            : covarianceMatrix is not null ? Declare("covarianceMatrix", covarianceMatrix, Constraints.PositiveDefinite).CholeskyFactor()
            : MatrixParameter.FactorOfInverse(Declare("precisionMatrix", precisionMatrix!, Constraints.PositiveDefinite));
    }

    /// <summary>Degrees of freedom.</summary>
    public Tensor Df { get; }

    /// <summary>The Cholesky factor of V.</summary>
    public Tensor ScaleTril { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.PositiveDefinite;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => (Df.OverEvent(2) * Scale).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            Tensor scale = Scale;
            Tensor diagonal = scale.Diagonal();
            Tensor spread = scale.Square() + (diagonal.Unsqueeze(-1) * diagonal.Unsqueeze(-2));
            return (Df.OverEvent(2) * spread).BroadcastTo(BatchShape + EventShape);
        }
    }

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor excess = (Df - EventShape[0] - 1).OverEvent(2);
            return Tensor.Where(excess >= 0, excess * Scale, double.NaN).BroadcastTo(BatchShape + EventShape);
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy() => HasNarrowParameters ? Widened!.Entropy().To(DType) : ExactEntropy();

    private Tensor ExactEntropy()
    {
        int size = EventShape[0];
        Tensor rest = WishartFunctions.EntropyRest(Df, size, 0.5 * (size + 1 - Tensor.Range(size).To(DType)));
        return OverBatch(
            (0.5 * (size + 1) * WishartFunctions.LogDeterminant(ScaleTril)) + (0.5 * size * (size + 1) * Math.Log(2)) + rest);
    }

    private Tensor Scale => ScaleTril.MatMul(ScaleTril.Transpose());

    internal override Distribution? Widened => new Wishart(Df.Widened, scaleTril: ScaleTril.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor factor = ScaleTril.MatMul(WishartFunctions.BartlettFactor(key, Df, shape, DType));
        return WishartFunctions.ToCovariance.Forward(factor);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        int size = EventShape[0];
        Tensor factor = value.PreimageUnder(WishartFunctions.ToCovariance) ?? value.CholeskyFactor();
        return WishartFunctions.LogDensityOfRatio(Df, WishartFunctions.Ratio(ScaleTril, factor), size)
            - (0.5 * (size + 1) * WishartFunctions.LogDeterminant(factor));
    }
}
