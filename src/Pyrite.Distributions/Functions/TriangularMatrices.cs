using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels;

namespace Pyrite.Functions;

/// <summary>Cholesky factors and triangular systems for batches of small matrices.</summary>
internal static class TriangularMatrices
{
    extension(Tensor a)
    {
        /// <summary>The lower-triangular L with L Lᵀ = a; NaN where a is not positive definite. a is [.., n, n].</summary>
        public Tensor CholeskyFactor() => Executor.Apply(default(CholeskyOperation), new TensorSpec(a.Shape, a.DType), a.In(Layout.RowMajor));

        /// <summary>Solves L x = b, or Lᵀ x = b, for vectors b [.., n]; a = L is [.., n, n], its batch axes are the last batch axes of b.</summary>
        public Tensor SolveLower(Tensor b, bool transposed = false)
        {
            DType type = DTypeProperties.Promote(a.DType, b.DType);
            Shape batch = Shape.Broadcast(a.Shape[..^2], b.Shape[..^1]);
            Shape own = a.Shape[..^2];
            Tensor factor = own == batch[(batch.Rank - own.Rank)..] ? a : a.BroadcastTo(batch + a.Shape[^2..]);
            Tensor right = b.To(type).BroadcastTo(batch + b.Shape[^1..]).In(Layout.RowMajor);
            return Executor.Apply(new SolveOperation(transposed), new TensorSpec(right.Shape, type), factor.To(type).In(Layout.RowMajor), right);
        }

        /// <summary>The inverse of a lower-triangular matrix.</summary>
        public Tensor InverseOfLower()
        {
            int size = a.Shape[^1];
            Shape narrow = [size, .. Enumerable.Repeat(1, a.Rank - 2), size];
            Tensor columns = a.SolveLower(Identity(size, a.DType).Reshape(narrow));
            int[] axes = [.. Enumerable.Range(1, a.Rank - 1), 0];
            return columns.Permute(axes);
        }

        /// <summary>The entries on the diagonal, [.., n].</summary>
        public Tensor MatrixDiagonal() => Tensor.Where(Checks.Triangles.Masks(a.Shape[^1]).Diagonal, a, 0).Sum(-1);

        /// <summary>The entries on and below the diagonal, 0 above.</summary>
        public Tensor LowerPart() => Tensor.Where(Checks.Triangles.Masks(a.Shape[^1]).Above, 0, a);
    }

    /// <summary>The identity matrix.</summary>
    public static Tensor Identity(int size, DType type) => Checks.Triangles.Masks(size).Diagonal.To(type);

    private readonly record struct CholeskyOperation : IOperation
    {
        public string Name => "cholesky";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            if (output.DType == DType.Float32)
            {
                Run(inputs[0].Read<float>(), output.Write<float>(), output.Shape[^1]);
            }
            else
            {
                Run(inputs[0].Read<double>(), output.Write<double>(), output.Shape[^1]);
            }
        }

        /// <summary>Ā = sym(L⁻ᵀ Φ(Lᵀ L̄) L⁻¹), where Φ keeps the lower triangle and halves the diagonal (Murray, 2016).</summary>
        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
        {
            Tensor inner = output.Transpose().MatMul(upstream.LowerPart()).LowerPart();
            Tensor half = inner - (0.5 * Tensor.Where(Checks.Triangles.Masks(output.Shape[^1]).Diagonal, inner, 0));
            Tensor inverse = output.InverseOfLower();
            Tensor whole = inverse.Transpose().MatMul(half).MatMul(inverse);
            return 0.5 * (whole + whole.Transpose());
        }

        private static void Run<T>(ReadOnlySpan<T> source, Span<T> target, int n) where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int start = 0; n > 0 && start < source.Length; start += n * n)
            {
                ReadOnlySpan<T> a = source.Slice(start, n * n);
                Span<T> l = target.Slice(start, n * n);
                l.Clear();
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        T sum = a[(i * n) + j];
                        for (int k = 0; k < j; k++)
                        {
                            sum -= l[(i * n) + k] * l[(j * n) + k];
                        }
                        l[(i * n) + j] = i == j ? T.Sqrt(sum) : sum / l[(j * n) + j];
                    }
                }
            }
        }
    }

    private readonly record struct SolveOperation(bool Transposed) : IOperation
    {
        /// <summary>So many vectors that share a matrix are solved side by side.</summary>
        private const int ManyRows = 8;

        public string Name => "triangular solve";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            if (output.DType == DType.Float32)
            {
                Run(inputs[0].Read<float>(), inputs[1].Read<float>(), output.Write<float>(), output.Shape[^1]);
            }
            else
            {
                Run(inputs[0].Read<double>(), inputs[1].Read<double>(), output.Write<double>(), output.Shape[^1]);
            }
        }

        /// <summary>b̄ solves with the other triangle; L̄ = -b̄ xᵀ summed over the vectors that share a matrix, or its transpose.</summary>
        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
        {
            Tensor back = inputs[0].SolveLower(upstream, !Transposed);
            if (input == 1)
            {
                return back;
            }
            (Tensor rows, Tensor columns) = Transposed ? (output, back) : (back, output);
            int size = output.Shape[^1];
            int matrices = (int)inputs[0].Shape[..^2].Count;
            Tensor left = rows.Reshape(-1, matrices, size).Permute(1, 2, 0);
            Tensor right = columns.Reshape(-1, matrices, size).Permute(1, 0, 2);
            return -left.MatMul(right).LowerPart().Reshape(inputs[0].Shape);
        }

        private void Run<T>(ReadOnlySpan<T> factors, ReadOnlySpan<T> b, Span<T> x, int n) where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (n > 0 && factors.Length == n * n && b.Length >= ManyRows * n)
            {
                b.CopyTo(x);
                TriangularRows.Solve(n, factors, Transposed, !Transposed, x);
                return;
            }
            for (int start = 0; n > 0 && start < b.Length; start += n)
            {
                ReadOnlySpan<T> l = factors.Slice(start * n % factors.Length, n * n);
                Span<T> row = x.Slice(start, n);
                b.Slice(start, n).CopyTo(row);
                for (int step = 0; step < n; step++)
                {
                    int i = Transposed ? n - 1 - step : step;
                    T sum = row[i];
                    for (int k = Transposed ? i + 1 : 0; k < (Transposed ? n : i); k++)
                    {
                        sum -= (Transposed ? l[(k * n) + i] : l[(i * n) + k]) * row[k];
                    }
                    row[i] = sum / l[(i * n) + i];
                }
            }
        }
    }
}
