using System.Numerics;

namespace Pyrite.Functions.Matrices;

/// <summary>The diagonal of (W Wᵀ + diag(d))⁻¹, relatively exact.</summary>
/// <remarks>
/// Row i has the leverage h = wᵢᵀ C⁻¹ wᵢ / dᵢ with the capacitance C = 1 + Wᵀ diag(d)⁻¹ W, and the entry is (1 - h) / dᵢ. Where h is close to 1 its
/// rest comes from the capacitance of the other rows, 1 - h = 1 / (1 + wᵢᵀ C₋ᵢ⁻¹ wᵢ / dᵢ). Leverages sum to at most r, so that there are few such
/// rows.
/// </remarks>
internal readonly record struct LowRankInverseDiagonal : ITensorOperation
{
    /// <summary>Up to here 1 - h has lost no more than a digit.</summary>
    private const double LeverageUpTo = 0.9;

    public string Name => "low-rank inverse diagonal";

    public int? EntryRank => 1;

    /// <summary>The diagonals, [.., n], for W [.., n, r], d [.., n] and the Cholesky factor of the capacitance [.., r, r] of one batch
    /// shape.</summary>
    public static Tensor Of(Tensor factor, Tensor diagonal, Tensor capacitance) =>
        Tensor.Apply(default(LowRankInverseDiagonal), factor, diagonal, capacitance);

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[1];


    /// <summary>With the inverse G and upstream u: -(G ∘ G) u for d and -2 G diag(u) G W for W.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (Tensor w, Tensor d, Tensor capacitance) = (inputs[0], inputs[1], inputs[2]);
        if (input == 2)
        {
            return null;
        }
        Tensor inner = capacitance.InverseOfLower().MatMul((w / d.Unsqueeze(-1)).Transpose());
        Tensor inverse = (1 / d).DiagonalEmbed() - inner.Transpose().MatMul(inner);
        return input == 1
            ? -inverse.Square().MatMul(upstream.Unsqueeze(-1)).Squeeze(-1)
            : -2 * inverse.MatMul(upstream.Unsqueeze(-1) * inverse.MatMul(w));
    }

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = inputs.ShapeOf(0)[^2];
        int r = inputs.ShapeOf(0)[^1];
        int batches = inputs[1].Length / n;
        double[] w = new double[n * r];
        double[] d = new double[n];
        double[] factor = new double[r * r];
        double[] row = new double[r];
        for (int b = 0; b < batches; b++)
        {
            Widen(inputs[0].Slice(b * n * r, n * r), w);
            Widen(inputs[1].Slice(b * n, n), d);
            Widen(inputs[2].Slice(b * r * r, r * r), factor);
            Span<T> entries = result.Slice(b * n, n);
            for (int i = 0; i < n; i++)
            {
                double leverage = SolvedSquare(factor, w.AsSpan(i * r, r), row) / d[i];
                double rest =
                    leverage < LeverageUpTo ? 1 - leverage : 1 / (1 + (SolvedSquare(FactorWithout(w, d, r, i), w.AsSpan(i * r, r), row) / d[i]));
                entries[i] = T.CreateTruncating(rest / d[i]);
            }
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> source, double[] target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = double.CreateTruncating(source[i]);
        }
    }

    /// <summary>|L⁻¹ v|².</summary>
    private static double SolvedSquare(double[] factor, ReadOnlySpan<double> vector, double[] solved)
    {
        int r = solved.Length;
        double sum = 0;
        for (int k = 0; k < r; k++)
        {
            double value = vector[k];
            for (int j = 0; j < k; j++)
            {
                value -= factor[(k * r) + j] * solved[j];
            }
            solved[k] = value / factor[(k * r) + k];
            sum += solved[k] * solved[k];
        }
        return sum;
    }

    /// <summary>The Cholesky factor of the capacitance of all rows but one.</summary>
    private static double[] FactorWithout(double[] w, double[] d, int r, int left)
    {
        double[] matrix = new double[r * r];
        for (int k = 0; k < r; k++)
        {
            for (int j = 0; j <= k; j++)
            {
                double sum = k == j ? 1 : 0;
                for (int i = 0; i < d.Length; i++)
                {
                    sum += i == left ? 0 : w[(i * r) + k] * w[(i * r) + j] / d[i];
                }
                for (int m = 0; m < j; m++)
                {
                    sum -= matrix[(k * r) + m] * matrix[(j * r) + m];
                }
                matrix[(k * r) + j] = k == j ? Math.Sqrt(sum) : sum / matrix[(j * r) + j];
            }
        }
        return matrix;
    }
}
