using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>Singular values (descending) and vectors, packed as one row a triple: value, left vector, right vector; [.., k, 1 + m + n] with k =
/// min(m, n).</summary>
/// <remarks>Gradient: Townsend, "Differentiating the singular value decomposition", 2016.</remarks>
internal readonly record struct SvdOperation : IOperation
{
    public string Name => "svd";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a)
    {
        a = MatrixBatch.Prepare("svd", a, square: false);
        (int m, int n) = (a.Shape[^2], a.Shape[^1]);
        return Executor.Apply(default(SvdOperation), new TensorSpec(a.Shape[..^2] + [Math.Min(m, n), 1 + m + n], a.DType), a);
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

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (int m, int n) = (inputs[0].Shape[^2], inputs[0].Shape[^1]);
        (Tensor s, Tensor u, Tensor v) = (output.Select(-1, 0), output.Slice(-1, 1, m), output.Slice(-1, 1 + m, n));
        (Tensor ds, Tensor du, Tensor dv) = (upstream.Select(-1, 0), upstream.Slice(-1, 1, m), upstream.Slice(-1, 1 + m, n));
        Tensor squares = s.Square();
        Tensor gaps = squares.Unsqueeze(-2) - squares.Unsqueeze(-1);
        Tensor isEqual = gaps.EqualTo(0);
        Tensor weights = Tensor.Where(isEqual, 0.0, 1.0 / Tensor.Where(isEqual, 1.0, gaps));
        Tensor isZero = s.EqualTo(0);
        Tensor inverse = Tensor.Where(isZero, 0.0, 1.0 / Tensor.Where(isZero, 1.0, s));
        Tensor left = MatrixMultiplication.Product(u, du, false, true);
        Tensor right = MatrixMultiplication.Product(v, dv, false, true);
        Tensor inner = ds.DiagonalEmbed()
            + (weights * (left - left.Transpose()) * s.Unsqueeze(-2))
            + (s.Unsqueeze(-1) * weights * (right - right.Transpose()));
        Tensor gradient = MatrixMultiplication.Product(MatrixMultiplication.Product(u, inner, true, false), v, false, false);
        if (m > n)
        {
            Tensor outside = du - MatrixMultiplication.Product(left, u, true, false);
            gradient += MatrixMultiplication.Product(outside * inverse.Unsqueeze(-1), v, true, false);
        }
        if (n > m)
        {
            Tensor outside = dv - MatrixMultiplication.Product(right, v, true, false);
            gradient += MatrixMultiplication.Product(u * inverse.Unsqueeze(-1), outside, true, false);
        }
        return gradient;
    }

    private static void Run<T>(Tensor a, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (long m, long n) = (a.Shape[^2], a.Shape[^1]);
        int count = MatrixBatch.Count(a.Shape);
        bool[] failed = new bool[count];
        MatrixBatch.ForEach(count, 20 * m * n * Math.Min(m, n), new Body<T>(a, y, failed));
        int first = Array.IndexOf(failed, true);
        if (first >= 0)
        {
            throw new ArgumentException(
                $"svd: the iteration for matrix{MatrixBatch.Place(a.Shape, first)} of shape {a.Shape} did not converge. Check it for NaN and "
                    + "infinities.");
        }
    }

    private readonly struct Body<T>(Tensor a, Tensor y, bool[] failed) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix)
        {
            (int m, int n) = (a.Shape[^2], a.Shape[^1]);
            int k = Math.Min(m, n);
            ReadOnlySpan<T> source = a.Read<T>().Slice(matrix * m * n, m * n);
            bool isWide = m <= n;
            T[] rows = isWide ? source.ToArray() : Transposed(source, m, n);
            T[] left = new T[k * k];
            T[] values = new T[k];
            failed[matrix] = !SvdKernel.Orthogonalize<T>(k, isWide ? n : m, rows, left, values);
            (T[] u, T[] v) = isWide ? (left, rows) : (rows, left);
            Span<T> target = y.Write<T>().Slice(matrix * k * (1 + m + n), k * (1 + m + n));
            for (int i = 0; i < k; i++)
            {
                Span<T> line = target.Slice(i * (1 + m + n), 1 + m + n);
                line[0] = values[i];
                u.AsSpan(i * m, m).CopyTo(line[1..]);
                v.AsSpan(i * n, n).CopyTo(line[(1 + m)..]);
            }
        }

        private static T[] Transposed(ReadOnlySpan<T> source, int m, int n)
        {
            T[] result = new T[m * n];
            for (int i = 0; i < source.Length; i++)
            {
                result[((i % n) * m) + (i / n)] = source[i];
            }
            return result;
        }
    }
}
