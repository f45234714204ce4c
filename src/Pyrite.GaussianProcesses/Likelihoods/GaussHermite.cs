namespace Pyrite.Likelihoods;

/// <summary>Gauss–Hermite quadrature: the mean of a function of a Gaussian as a weighted sum over nodes.</summary>
/// <remarks>Nodes and weights are plain numbers, because a rule may be made within a step and used in later ones.</remarks>
internal sealed class GaussHermite
{
    private const double Rounding = 2.220446049250313e-16;

    private readonly double[] nodes;
    private readonly double[] weights;

    private GaussHermite(double[] nodes, double[] weights) => (this.nodes, this.weights) = (nodes, weights);

    /// <summary>The rule with so many nodes for a standard normal: the eigenvalues of the Jacobi matrix of the Hermite polynomials, and the squared
    /// first components of its eigenvectors, by the implicit QL method (Golub and Welsch, "Calculation of Gauss quadrature rules", 1969).</summary>
    public static GaussHermite Of(int count)
    {
        // The matrix has zeros on its diagonal, and beside it the roots of 1, 2, ….
        double[] diagonal = new double[count], beside = [.. Enumerable.Range(1, count - 1).Select(i => Math.Sqrt(i)), 0], first = new double[count];
        first[0] = 1;
        for (int low = 0; low < count; low++)
        {
            for (int high = EndOfBlock(diagonal, beside, low); high > low; high = EndOfBlock(diagonal, beside, low))
            {
                Sweep(diagonal, beside, first, low, high);
            }
        }
        return new GaussHermite(diagonal, Array.ConvertAll(first, entry => entry * entry));
    }

    /// <summary>The means of a function of Gaussians.</summary>
    /// <param name="function">Of values [nodes, .., n].</param>
    /// <param name="mean">[.., n].</param>
    /// <param name="variance">[.., n].</param>
    public Tensor Mean(Func<Tensor, Tensor> function, Tensor mean, Tensor variance)
    {
        Shape shape = Shape.Broadcast(mean.Shape, variance.Shape);
        Shape spread = [nodes.Length, .. Enumerable.Repeat(1, shape.Rank)];
        Tensor values = mean + (variance.Clamp(low: double.Epsilon * 1e16).Sqrt() * Tensor.From(nodes).Reshape(spread));
        return (function(values) * Tensor.From(weights).Reshape(spread)).Sum(0);
    }

    /// <summary>Where the block that begins at a row ends: behind it the entry beside the diagonal is nothing but rounding.</summary>
    private static int EndOfBlock(double[] diagonal, double[] beside, int low)
    {
        int end = low;
        while (end + 1 < diagonal.Length && Math.Abs(beside[end]) > Rounding * (Math.Abs(diagonal[end]) + Math.Abs(diagonal[end + 1])))
        {
            end++;
        }
        return end;
    }

    /// <summary>One sweep of rotations with Wilkinson's shift, from the end of a block to its beginning.</summary>
    private static void Sweep(double[] diagonal, double[] beside, double[] first, int low, int high)
    {
        double slope = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low]);
        double bulge = diagonal[high] - diagonal[low] + (beside[low] / (slope + Math.CopySign(Math.Sqrt((slope * slope) + 1), slope)));
        double sine = 1, cosine = 1, shift = 0;
        for (int i = high - 1; i >= low; i--)
        {
            double lifted = sine * beside[i], kept = cosine * beside[i], length = Math.Sqrt((lifted * lifted) + (bulge * bulge));
            beside[i + 1] = length;
            if (length == 0)
            {
                diagonal[i + 1] -= shift;
                beside[high] = 0;
                return;
            }
            (sine, cosine) = (lifted / length, bulge / length);
            double rest = diagonal[i + 1] - shift, turn = ((diagonal[i] - rest) * sine) + (2 * cosine * kept);
            shift = sine * turn;
            diagonal[i + 1] = rest + shift;
            bulge = (cosine * turn) - kept;
            (first[i + 1], first[i]) = ((sine * first[i]) + (cosine * first[i + 1]), (cosine * first[i]) - (sine * first[i + 1]));
        }
        diagonal[low] -= shift;
        (beside[low], beside[high]) = (bulge, 0);
    }
}
