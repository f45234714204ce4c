namespace Pyrite.Likelihoods;

/// <summary>Gauss–Hermite quadrature: the mean of a function of a Gaussian as a weighted sum over nodes.</summary>
/// <param name="Nodes">For a standard normal, [nodes].</param>
/// <param name="Weights">Their sum is 1, [nodes].</param>
internal sealed record GaussHermite(Tensor Nodes, Tensor Weights)
{
    /// <summary>The rule with so many nodes, as eigenvalues of the Jacobi matrix of the Hermite polynomials (Golub and Welsch, "Calculation of Gauss
    /// quadrature rules", 1969).</summary>
    public static GaussHermite Of(int nodes)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        double[] jacobi = new double[nodes * nodes];
        for (int i = 1; i < nodes; i++)
        {
            jacobi[(i * nodes) + i - 1] = jacobi[((i - 1) * nodes) + i] = Math.Sqrt(i);
        }
        (Tensor values, Tensor vectors) = Tensor.From<double>(jacobi, [nodes, nodes]).SymmetricEigen();
        return new GaussHermite(values, vectors.Select(0, 0).Square());
    }

    /// <summary>The means of a function of Gaussians.</summary>
    /// <param name="function">Of values [nodes, .., n].</param>
    /// <param name="mean">[.., n].</param>
    /// <param name="variance">[.., n].</param>
    public Tensor Mean(Func<Tensor, Tensor> function, Tensor mean, Tensor variance)
    {
        Shape shape = Shape.Broadcast(mean.Shape, variance.Shape);
        Shape spread = [Nodes.Count, .. Enumerable.Repeat(1, shape.Rank)];
        Tensor values = mean + (variance.Clamp(low: double.Epsilon * 1e16).Sqrt() * Nodes.Reshape(spread));
        return (function(values) * Weights.Reshape(spread)).Sum(0);
    }
}
