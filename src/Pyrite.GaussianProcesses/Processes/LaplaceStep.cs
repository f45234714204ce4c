namespace Pyrite.Processes;

/// <summary>A step of Newton's method towards the mode (Rasmussen and Williams 2006, algorithm 3.1).</summary>
/// <param name="Weights">a, with which the values are mean + K a; [.., n].</param>
/// <param name="Values">f, [.., n].</param>
internal readonly record struct LaplaceStep(Tensor Weights, Tensor Values)
{
    /// <summary>The step from some values.</summary>
    public static LaplaceStep From(LatentLikelihood likelihood, Tensor y, Tensor values, Tensor covariance, Tensor mean)
    {
        (Tensor slope, Tensor curvature) = likelihood.Slopes(y, values);
        Tensor root = curvature.Sqrt();
        Tensor factor = Inner(covariance, root);
        Tensor target = (curvature * (values - mean)) + slope;
        Tensor solved = factor.SolveLower(root * Product(covariance, target));
        Tensor weights = target - (root * factor.SolveLower(solved, transposed: true));
        return new LaplaceStep(weights, mean + Product(covariance, weights));
    }

    /// <summary>The Cholesky factor of I + W^½ K W^½.</summary>
    public static Tensor Inner(Tensor covariance, Tensor root) =>
        ((root.Unsqueeze(-1) * covariance * root.Unsqueeze(-2)) + Tensor.Identity(covariance.Shape[^1], DType.Float64)).CholeskyFactor();

    private static Tensor Product(Tensor matrix, Tensor vector) => matrix.MatMul(vector.Unsqueeze(-1)).Squeeze(-1);
}
