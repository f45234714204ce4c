using System.Numerics;

namespace Pyrite.Functions.Matrices;

/// <summary>½ log det(W Wᵀ + diag(d)) by the factor of its capacitance 1 + Wᵀ diag(d)⁻¹ W, with a gradient that does not cancel where rows of W are
/// far larger than their d.</summary>
/// <remarks>Inputs W [.., n, r], d [.., n] and the capacitance's Cholesky factor [.., r, r] of one batch shape. Gradients go to W and d, ½ diag(Σ⁻¹)
/// and Σ⁻¹ W, and pass the factor by.</remarks>
internal readonly record struct LowRankDeterminant : ITensorOperation
{
    public string Name => "low-rank half log determinant";

    public int? EntryRank => 0;

    /// <summary>The half log-determinants, of the batch shape.</summary>
    public static Tensor Of(Tensor factor, Tensor diagonal, Tensor capacitance)
    {
        Shape batch = capacitance.Shape[..^2];
        Tensor w = factor.To(capacitance.DType).BroadcastTo(batch + factor.Shape[^2..]);
        Tensor d = diagonal.To(capacitance.DType).BroadcastTo(batch + factor.Shape[^2..^1]);
        return Tensor.Apply(default(LowRankDeterminant), w, d, capacitance);
    }

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[2][..^2];


    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (Tensor w, Tensor d, Tensor capacitance) = (inputs[0], inputs[1], inputs[2]);
        if (input == 1)
        {
            return 0.5 * upstream.Unsqueeze(-1) * LowRankInverseDiagonal.Of(w, d, capacitance);
        }
        if (input == 0)
        {
            Tensor columns = (w / d.Unsqueeze(-1)).Transpose();
            Tensor solved = capacitance.SolveTriangular(capacitance.SolveTriangular(columns), transpose: true);
            return upstream.Unsqueeze(-1).Unsqueeze(-1) * solved.Transpose();
        }
        return null;
    }

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = inputs.ShapeOf(0)[^2];
        int r = inputs.ShapeOf(0)[^1];
        ReadOnlySpan<T> d = inputs[1];
        ReadOnlySpan<T> factors = inputs[2];
        for (int b = 0; b < result.Length; b++)
        {
            double sum = 0;
            for (int k = 0; k < r; k++)
            {
                sum += Math.Log(double.CreateTruncating(factors[(b * r * r) + (k * (r + 1))]));
            }
            for (int i = 0; i < n; i++)
            {
                sum += 0.5 * Math.Log(double.CreateTruncating(d[(b * n) + i]));
            }
            result[b] = T.CreateTruncating(sum);
        }
    }
}
