using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Gaussian vectors whose covariance is W Wᵀ + diag(d) with a thin W.</summary>
/// <remarks>Batch shape: broadcast of the parameters without their event axes. Event shape: [n]. Draws are reparameterized. Cost grows with n r² by
/// Woodbury's identity.</remarks>
public sealed class LowRankMultivariateNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean, [.., n].</param>
    /// <param name="covFactor">W, [.., n, r].</param>
    /// <param name="covDiag">d, [.., n]; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not fit.</exception>
    public LowRankMultivariateNormal(Tensor loc, Tensor covFactor, Tensor covDiag, bool validate = true)
        : base(Shape.Broadcast(loc.Shape[..^1], covFactor.Shape[..^2], covDiag.Shape[..^1]), covFactor.Shape[^2..^1], validate)
    {
        Loc = Declare("loc", loc, Constraints.RealVector);
        CovFactor = Declare("covFactor", covFactor, Constraints.Independent(Constraints.Real, 2));
        CovDiag = Declare("covDiag", covDiag, Constraints.Independent(Constraints.Positive, 1));
    }

    /// <summary>The mean.</summary>
    public Tensor Loc { get; }

    /// <summary>W.</summary>
    public Tensor CovFactor { get; }

    /// <summary>d.</summary>
    public Tensor CovDiag { get; }

    /// <summary>The covariance, batch + [n, n].</summary>
    public Tensor CovarianceMatrix => OverMatrices(CovFactor.MatMul(CovFactor.Transpose()) + DiagonalMatrix(CovDiag));

    /// <summary>The inverse of the covariance, batch + [n, n].</summary>
    public Tensor PrecisionMatrix
    {
        get
        {
            Tensor inner = Capacitance().InverseOfLower().MatMul((CovFactor / CovDiag.Unsqueeze(-1)).Transpose());
            return OverMatrices(DiagonalMatrix(1 / CovDiag) - inner.Transpose().MatMul(inner));
        }
    }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Loc.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance => (CovFactor.Square().Sum(-1) + CovDiag).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((EventShape[0] * (0.5 + HalfLogTwoPi)) + HalfLogDeterminant(Capacitance()));

    internal override Distribution? Widened => new LowRankMultivariateNormal(Loc.Widened, CovFactor.Widened, CovDiag.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor shared = key.Child(0).Normal(shape[..^1] + CovFactor.Shape[^1..], DType);
        Tensor own = key.Child(1).Normal(shape, DType);
        return Loc + CovFactor.MatMul(shared.Unsqueeze(-1)).Squeeze(-1) + (CovDiag.Sqrt() * own);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor factor = Capacitance();
        Tensor difference = value - Loc;
        Tensor projected = CovFactor.Transpose().MatMul((difference / CovDiag).Unsqueeze(-1)).Squeeze(-1);
        // The squared distance as the least of |s|² + |x - W s|² over d: a sum of squares, where Woodbury's identity would subtract near-equal
        // numbers.
        Tensor shared = factor.SolveLower(factor.SolveLower(projected), transposed: true);
        Tensor own = difference - CovFactor.MatMul(shared.Unsqueeze(-1)).Squeeze(-1);
        Tensor distance = shared.Square().Sum(-1) + (own.Square() / CovDiag).Sum(-1);
        return (-0.5 * distance) - HalfLogDeterminant(factor) - (EventShape[0] * HalfLogTwoPi);
    }

    private static Tensor DiagonalMatrix(Tensor diagonal) => Tensor.Identity(diagonal.Shape[^1], diagonal.DType) * diagonal.Unsqueeze(-1);

    /// <summary>The Cholesky factor of I + Wᵀ diag(d)⁻¹ W.</summary>
    private Tensor Capacitance()
    {
        Tensor inner = CovFactor.Transpose().MatMul(CovFactor / CovDiag.Unsqueeze(-1));
        return (Tensor.Identity(CovFactor.Shape[^1], DType) + inner).CholeskyFactor();
    }

    private Tensor HalfLogDeterminant(Tensor factor) => LowRankDeterminant.Of(CovFactor, CovDiag, factor);

    private Tensor OverMatrices(Tensor matrices) => matrices.BroadcastTo(BatchShape + EventShape + EventShape);
}
