using Pyrite.Sparse;

namespace Pyrite;

/// <summary>Regression with inducing points: m places stand for all n, in time n m².</summary>
/// <remarks>
/// <para>Each gives a number for a model: <c>Factor("y", SparseGaussianProcess.Vfe(kernel, x, y, inducing, noise).Value)</c>. With Q = Kfu Kuu⁻¹ Kuf:
/// <see cref="Vfe"/> is a lower bound of the exact log-likelihood (Titsias, "Variational learning of inducing variables in sparse Gaussian
/// processes",
/// 2009), <see cref="Fitc"/> and <see cref="Dtc"/> are the likelihoods of other models (Quiñonero-Candela and Rasmussen, "A unifying view of sparse
/// approximate Gaussian process regression", 2005), which may overstate it.</para>
/// <para>The places of the inducing points get gradients like other parameters. Points that come close make Kuu singular, which is refused with the
/// jitter that would do.</para>
/// </remarks>
public static class SparseGaussianProcess
{
    /// <summary>The variational free energy log N(y; mean, Q + noise) - ½ Σ (K - Q)ᵢᵢ / noise.</summary>
    /// <param name="kernel">The covariance function.</param>
    /// <param name="x">The places of the observations, [n, columns] or [n].</param>
    /// <param name="y">The observations, [n].</param>
    /// <param name="inducing">The inducing points, [m, columns] or [m]; no more than observations.</param>
    /// <param name="noiseVariance">A scalar, or [n]; positive.</param>
    /// <param name="mean">A number, a tensor or a function of places; 0 if not given.</param>
    /// <param name="jitter">What is added to the diagonal of Kuu; 0 or more.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, there are more inducing points than observations, or Kuu cannot be
    /// factored.</exception>
    public static SparseBound Vfe(Kernel kernel, Tensor x, Tensor y, Tensor inducing, Tensor noiseVariance, MeanFunction? mean = null,
        double jitter = 0)
    {
        InducedRegression parts = new("SparseGaussianProcess.Vfe", kernel, x, y, inducing, noiseVariance, mean, jitter);
        Tensor trace = -0.5 * ((parts.PriorVariance - parts.ExplainedVariance) / parts.Noise).Sum(-1);
        SparseSolution solution = parts.Solve(parts.Noise);
        return new SparseBound(solution.LogDensity + trace, trace, solution);
    }

    /// <summary>The fully independent training conditional: log N(y; mean, Q + diag(K - Q) + noise).</summary>
    /// <inheritdoc cref="Vfe"/>
    public static SparseBound Fitc(Kernel kernel, Tensor x, Tensor y, Tensor inducing, Tensor noiseVariance, MeanFunction? mean = null,
        double jitter = 0)
    {
        InducedRegression parts = new("SparseGaussianProcess.Fitc", kernel, x, y, inducing, noiseVariance, mean, jitter);
        SparseSolution solution = parts.Solve(parts.Noise + parts.PriorVariance - parts.ExplainedVariance);
        return new SparseBound(solution.LogDensity, 0, solution);
    }

    /// <summary>The deterministic training conditional: log N(y; mean, Q + noise).</summary>
    /// <inheritdoc cref="Vfe"/>
    public static SparseBound Dtc(Kernel kernel, Tensor x, Tensor y, Tensor inducing, Tensor noiseVariance, MeanFunction? mean = null,
        double jitter = 0)
    {
        InducedRegression parts = new("SparseGaussianProcess.Dtc", kernel, x, y, inducing, noiseVariance, mean, jitter);
        SparseSolution solution = parts.Solve(parts.Noise);
        return new SparseBound(solution.LogDensity, 0, solution);
    }
}
