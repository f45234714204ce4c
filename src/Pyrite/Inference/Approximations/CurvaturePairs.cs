namespace Pyrite.Inference.Approximations;

/// <summary>What the steps of L-BFGS have shown of the curvature: an inverse Hessian as a diagonal with a correction of low rank.</summary>
/// <remarks>Zhang, Carpenter, Gelman and Vehtari, "Pathfinder: parallel quasi-Newton variational inference" (2022), algorithms 2 and 3; the diagonal
/// follows Gilbert and Lemaréchal (1989).</remarks>
/// <param name="dimension">How many numbers a point has.</param>
/// <param name="history">How many pairs are kept.</param>
/// <param name="epsilon">A pair counts where y'd > epsilon y'y: the density bends down along the step.</param>
internal sealed class CurvaturePairs(int dimension, int history, double epsilon = 1e-12)
{
    private readonly List<(double[] Step, double[] Change)> pairs = [];

    /// <summary>The diagonal α.</summary>
    public double[] Diagonal { get; } = [.. Enumerable.Repeat(1.0, dimension)];

    /// <summary>How many pairs there are.</summary>
    public int Count => pairs.Count;

    /// <summary>A step, and by how much the gradient of the log-density fell along it.</summary>
    public (double[] Step, double[] Change) this[int index] => pairs[index];

    /// <summary>Takes a pair in if it counts.</summary>
    /// <param name="step">s: the new point less the old one.</param>
    /// <param name="change">y: the old gradient of the log-density less the new one.</param>
    /// <returns>Whether it counts.</returns>
    public bool Add(double[] step, double[] change)
    {
        double along = AscentPath.Dot(change, step), size = AscentPath.Dot(change, change);
        if (!(along > epsilon * size))
        {
            return false;
        }
        double a = 0, c = 0;
        for (int i = 0; i < dimension; i++)
        {
            a += change[i] * Diagonal[i] * change[i];
            c += step[i] * step[i] / Diagonal[i];
        }
        for (int i = 0; i < dimension; i++)
        {
            double alpha = Diagonal[i], y = change[i], s = step[i];
            Diagonal[i] = 1 / ((a / (along * alpha)) + (y * y / along) - (a * s * s / (along * c * alpha * alpha)));
        }
        pairs.Add((step, change));
        if (pairs.Count > history)
        {
            pairs.RemoveAt(0);
        }
        return true;
    }

    /// <summary>The inverse Hessian times a vector, by two loops over the pairs.</summary>
    public double[] Multiply(double[] vector)
    {
        double[] q = (double[])vector.Clone();
        if (pairs.Count == 0)
        {
            return q;
        }
        double[] shares = new double[pairs.Count];
        for (int k = pairs.Count - 1; k >= 0; k--)
        {
            (double[] s, double[] y) = pairs[k];
            shares[k] = AscentPath.Dot(s, q) / AscentPath.Dot(s, y);
            for (int i = 0; i < dimension; i++)
            {
                q[i] -= shares[k] * y[i];
            }
        }
        for (int i = 0; i < dimension; i++)
        {
            q[i] *= Diagonal[i];
        }
        for (int k = 0; k < pairs.Count; k++)
        {
            (double[] s, double[] y) = pairs[k];
            double rest = shares[k] - (AscentPath.Dot(y, q) / AscentPath.Dot(s, y));
            for (int i = 0; i < dimension; i++)
            {
                q[i] += rest * s[i];
            }
        }
        return q;
    }

    /// <summary>The inverse Hessian as a matrix, row by row; symmetric.</summary>
    public double[] Matrix()
    {
        double[] matrix = new double[checked(dimension * dimension)], unit = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            unit[i] = 1;
            Multiply(unit).CopyTo(matrix, i * dimension);
            unit[i] = 0;
        }
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double mean = 0.5 * (matrix[(i * dimension) + j] + matrix[(j * dimension) + i]);
                (matrix[(i * dimension) + j], matrix[(j * dimension) + i]) = (mean, mean);
            }
        }
        return matrix;
    }
}
