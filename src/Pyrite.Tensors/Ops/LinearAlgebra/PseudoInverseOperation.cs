using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>Moore-Penrose inverses; singular values below a share of the largest count as 0.</summary>
/// <remarks>Gradient: Golub, Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems", 1973, equation 4.12.</remarks>
internal readonly record struct PseudoInverseOperation(double Cutoff) : IOperation
{
    public string Name => "pseudo-inverse";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a, double cutoff)
    {
        a = MatrixBatch.Prepare("pseudo-inverse", a, square: false);
        Tensor triples = SvdOperation.Of(a.Detach());
        return Executor.Apply(new PseudoInverseOperation(cutoff), new TensorSpec(a.Shape[..^2] + [a.Shape[^1], a.Shape[^2]], a.DType), a, triples);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs[1], output);
        }
        else
        {
            Run<double>(inputs[1], output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        if (input != 0)
        {
            return null;
        }
        (Tensor a, Tensor y) = (inputs[0], output);
        Tensor yt = y.Transpose();
        Tensor ut = upstream.Transpose();
        Tensor inside = -yt.MatMul(upstream).MatMul(yt);
        Tensor left = (ut - a.MatMul(y).MatMul(ut)).MatMul(y).MatMul(yt);
        Tensor right = yt.MatMul(y).MatMul(ut - ut.MatMul(y).MatMul(a));
        return inside + left + right;
    }

    /// <summary>Σ vᵢ uᵢᵀ / σᵢ over the singular values that are kept.</summary>
    private void Run<T>(Tensor triples, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int n, int m, int count) = (y.Shape[^2], y.Shape[^1], triples.Shape[^2]);
        T relative = Cutoff >= 0 ? T.CreateTruncating(Cutoff) : T.CreateTruncating(Math.Max(m, n)) * (T.BitIncrement(T.One) - T.One);
        ReadOnlySpan<T> source = triples.Read<T>();
        Span<T> target = y.Write<T>();
        target.Clear();
        int width = 1 + m + n;
        for (int matrix = 0; matrix < MatrixBatch.Count(y.Shape); matrix++)
        {
            ReadOnlySpan<T> rows = source.Slice(matrix * count * width, count * width);
            Span<T> result = target.Slice(matrix * n * m, n * m);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<T> row = rows.Slice(i * width, width);
                if (!(row[0] > relative * rows[0]))
                {
                    continue;
                }
                for (int j = 0; j < n; j++)
                {
                    Span<T> line = result.Slice(j * m, m);
                    TensorPrimitives.MultiplyAdd(row.Slice(1, m), row[1 + m + j] / row[0], line, line);
                }
            }
        }
    }
}
