using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>Eigenvalues (ascending) and eigenvectors of symmetric matrices, packed as one row a pair: [.., n, 1 + n].</summary>
internal readonly record struct SymmetricEigenOperation : IOperation
{
    public string Name => "symmetric eigen";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a)
    {
        a = MatrixBatch.Prepare("symmetric eigen", a, square: true);
        int n = a.Shape[^1];
        return Executor.Apply(default(SymmetricEigenOperation), new TensorSpec(a.Shape[..^1] + [n + 1], a.DType), a);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs[0], output);
        }
        else
        {
            Run<double>(inputs[0], output);
        }
    }

    /// <summary>V (diag(dw) + F ∘ VᵀdV) Vᵀ, symmetric, with F = 1 / (wⱼ - wᵢ) and 0 between equal values.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        int n = inputs[0].Shape[^1];
        (Tensor values, Tensor rows) = (output.Select(-1, 0), output.Slice(-1, 1, n));
        (Tensor dValues, Tensor dRows) = (upstream.Select(-1, 0), upstream.Slice(-1, 1, n));
        Tensor gaps = values.Unsqueeze(-2) - values.Unsqueeze(-1);
        Tensor isEqual = gaps.EqualTo(0);
        Tensor weights = Tensor.Where(isEqual, 0.0, 1.0 / Tensor.Where(isEqual, 1.0, gaps));
        Tensor inner = dValues.DiagonalEmbed() + (weights * MatrixMultiplication.Product(rows, dRows, false, true));
        Tensor full = MatrixMultiplication.Product(MatrixMultiplication.Product(rows, inner, true, false), rows, false, false);
        return 0.5 * (full + full.Transpose());
    }

    private static void Run<T>(Tensor a, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = a.Shape[^1];
        int count = MatrixBatch.Count(a.Shape);
        bool[] failed = new bool[count];
        MatrixBatch.ForEach(count, 8 * n * n * n, new Body<T>(a, y, failed));
        int first = Array.IndexOf(failed, true);
        if (first >= 0)
        {
            throw new ArgumentException(
                $"symmetric eigen: the iteration for matrix{MatrixBatch.Place(a.Shape, first)} of shape {a.Shape} did not converge. Check it for NaN "
                    + "and infinities.");
        }
    }

    private readonly struct Body<T>(Tensor a, Tensor y, bool[] failed) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix)
        {
            int n = a.Shape[^1];
            T[] copy = a.Read<T>().Slice(matrix * n * n, n * n).ToArray();
            T[] values = new T[n];
            T[] vectors = new T[n * n];
            failed[matrix] = !SymmetricEigenKernel.Decompose<T>(n, copy, values, vectors);
            Span<T> target = y.Write<T>().Slice(matrix * n * (n + 1), n * (n + 1));
            for (int i = 0; i < n; i++)
            {
                target[i * (n + 1)] = values[i];
                vectors.AsSpan(i * n, n).CopyTo(target[((i * (n + 1)) + 1)..]);
            }
        }
    }
}
