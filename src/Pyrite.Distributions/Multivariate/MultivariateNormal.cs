using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Gaussian vectors with mean <c>loc</c> and a covariance given as itself, its inverse or its Cholesky factor.</summary>
/// <remarks>Batch shape: broadcast of the parameters without their event axes. Event shape: [n]. Draws are reparameterized.</remarks>
public sealed class MultivariateNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    private readonly Tensor? covariance;

    /// <summary>Makes the distribution from exactly one of three matrices.</summary>
    /// <param name="loc">The mean, [.., n].</param>
    /// <param name="covarianceMatrix">The covariance, [.., n, n]; positive definite.</param>
    /// <param name="precisionMatrix">The inverse of the covariance, [.., n, n]; positive definite.</param>
    /// <param name="scaleTril">The Cholesky factor of the covariance, [.., n, n]; lower-triangular with a positive diagonal. The cheapest of the
    /// three.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Not exactly one matrix was given, or it violates its constraint.</exception>
    public MultivariateNormal(Tensor loc, Tensor? covarianceMatrix = null, Tensor? precisionMatrix = null, Tensor? scaleTril = null,
        bool validate = true)
        : base(Shapes(loc, covarianceMatrix, precisionMatrix, scaleTril).Batch, Shapes(loc, covarianceMatrix, precisionMatrix, scaleTril).Event,
            validate)
    {
        Loc = Declare("loc", loc, Constraints.RealVector);
        if (scaleTril is not null)
        {
            ScaleTril = Declare("scaleTril", scaleTril, Constraints.LowerCholesky);
        }
        else if (covarianceMatrix is not null)
        {
            covariance = Declare("covarianceMatrix", covarianceMatrix, Constraints.PositiveDefinite);
            ScaleTril = covariance.CholeskyFactor();
        }
        else
        {
            ScaleTril = MatrixParameter.FactorOfInverse(Declare("precisionMatrix", precisionMatrix!, Constraints.PositiveDefinite));
        }
    }

    /// <summary>The mean.</summary>
    public Tensor Loc { get; }

    /// <summary>The Cholesky factor of the covariance.</summary>
    public Tensor ScaleTril { get; }

    /// <summary>The covariance, batch + [n, n].</summary>
    public Tensor CovarianceMatrix => OverMatrices(ScaleTril.MatMul(ScaleTril.Transpose()));

    /// <summary>The inverse of the covariance, batch + [n, n].</summary>
    public Tensor PrecisionMatrix
    {
        get
        {
            Tensor inverse = ScaleTril.InverseOfLower();
            return OverMatrices(inverse.Transpose().MatMul(inverse));
        }
    }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Loc.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance => ScaleTril.Square().Sum(-1).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    private Tensor HalfLogDeterminant => ScaleTril.Diagonal().Log().Sum(-1);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((EventShape[0] * (0.5 + HalfLogTwoPi)) + HalfLogDeterminant);

    internal override Distribution? Widened => new MultivariateNormal(Loc.Widened, scaleTril: ScaleTril.Widened, validate: false);

    internal override bool ScoresNarrow => true;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor noise = key.Normal(shape, DType);
        return Loc + ScaleTril.MatMul(noise.Unsqueeze(-1)).Squeeze(-1);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor density = ScaleTril.Rank > 2 ? (-0.5 * ScaleTril.SolveLower(value - Loc).Square().Sum(-1)) - HalfLogDeterminant
            : covariance is not null && IsOfOneKind(value) ? ScaleTril.WhitenedDensity(value, Loc, covariance)
            : Loc.Rank == 1 && Loc.Shape == EventShape ? ScaleTril.WhitenedDensity(value, Loc)
            : ScaleTril.WhitenedDensity(value - Loc, Tensor.Zeros(EventShape, DType));
        return density - (EventShape[0] * HalfLogTwoPi);
    }

    /// <summary>Whether a value is one vector, as the location, and of the type of the matrices, as the location.</summary>
    private bool IsOfOneKind(Tensor value) =>
        Loc.Shape == EventShape && value.Shape == EventShape && Loc.DType == ScaleTril.DType && value.DType == ScaleTril.DType
            && covariance!.DType == ScaleTril.DType;

    private static (Shape Batch, Shape Event) Shapes(Tensor loc, Tensor? covariance, Tensor? precision, Tensor? factor)
    {
        Shape matrix = MatrixParameter.OneOf("MultivariateNormal", covariance, precision, factor).Shape;
        if (loc.Rank < 1 || matrix.Rank < 2 || matrix[^1] != matrix[^2] || (loc.Shape[^1] != matrix[^1] && loc.Shape[^1] != 1))
        {
            throw new ArgumentException($"MultivariateNormal: a mean [.., n] and a matrix [.., n, n] are needed; found {loc.Shape} and {matrix}.");
        }
        return (Shape.Broadcast(loc.Shape[..^1], matrix[..^2]), matrix[^1..]);
    }

    private Tensor OverMatrices(Tensor matrices) => matrices.BroadcastTo(BatchShape + EventShape + EventShape);
}
