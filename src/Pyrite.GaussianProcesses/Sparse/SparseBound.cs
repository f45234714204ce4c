using Pyrite.Sparse;

namespace Pyrite;

/// <summary>What a sparse regression says of its observations, and of other places.</summary>
public sealed class SparseBound
{
    private readonly SparseSolution solution;

    internal SparseBound(Tensor value, Tensor traceTerm, SparseSolution solution)
    {
        (Value, TraceTerm) = (value, traceTerm);
        this.solution = solution;
    }

    /// <summary>The bound, or the log-likelihood of the approximate model: a scalar, in nats.</summary>
    public Tensor Value { get; }

    /// <summary>The part of <see cref="Value"/> that punishes what the inducing points do not explain, -½ Σ (K - Q)ᵢᵢ / noise; 0 for models that have
    /// none.</summary>
    public Tensor TraceTerm { get; }

    /// <summary>The mean of the values at the inducing points given the data, [m].</summary>
    public Tensor InducingMean =>
        solution.Mean.At(solution.Inducing.Rows) + solution.Inducing.Factor.MatMul(solution.WhitenedMean.Unsqueeze(-1)).Squeeze(-1);

    /// <summary>Their covariance, [m, m].</summary>
    public Tensor InducingCovariance
    {
        get
        {
            Tensor root = solution.Inner.SolveTriangular(solution.Inducing.Factor.Transpose());
            return root.Transpose().MatMul(root);
        }
    }

    /// <summary>The process at other places given the data.</summary>
    /// <param name="xNew">[.., k, columns] or [k].</param>
    /// <param name="noiseVariance">The noise of new observations; none gives the curve itself.</param>
    /// <param name="jitter">What is added to the new diagonal; draws need none.</param>
    public GaussianProcess Condition(Tensor xNew, Tensor? noiseVariance = null, double jitter = 0) =>
        solution.Condition(xNew, noiseVariance, jitter);
}
