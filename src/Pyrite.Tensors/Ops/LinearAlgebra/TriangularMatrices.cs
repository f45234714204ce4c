using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.LinearAlgebra;

namespace Pyrite;

/// <summary>Cholesky factors and triangular systems in the form that families of vectors and matrices need.</summary>
public static class TriangularMatrices
{
    private const int ManyVectors = 4;

    extension(Tensor a)
    {
        /// <summary>The lower-triangular L with L Lᵀ = a; NaN where a is not positive definite, so that constraints and samplers can go on. a is [..,
        /// n, n].</summary>
        public Tensor CholeskyFactor()
        {
            Tensor matrices = MatrixBatch.Prepare("cholesky", a, square: true);
            return Executor.Apply(default(FactorOperation), new TensorSpec(matrices.Shape, matrices.DType), matrices);
        }

        /// <summary>Solves L x = b, or Lᵀ x = b, for vectors b [.., n]; a = L is [.., n, n], its batch axes are the last batch axes of b.</summary>
        /// <remarks>All vectors that share a matrix are the columns of one system; of many more vectors than entries the inverse is multiplied, which
        /// is a plain matrix product.</remarks>
        public Tensor SolveLower(Tensor b, bool transposed = false)
        {
            Shape batch = Shape.Broadcast(a.Shape[..^2], b.Shape[..^1]);
            int rank = a.Rank - 2;
            Shape own = batch[(batch.Rank - rank)..];
            int size = a.Shape[^1];
            int shared = (int)batch[..(batch.Rank - rank)].Count;
            Tensor factor = a.Shape[..^2] == own ? a : a.BroadcastTo(own + a.Shape[^2..]);
            Tensor rows = b.BroadcastTo(batch + [size]);
            if (shared == 1)
            {
                return factor.SolveTriangular(rows.Reshape(own + [size, 1]), transpose: transposed).Reshape(rows.Shape);
            }
            if (rank == 0 && shared >= ManyVectors * size)
            {
                Tensor inverse = factor.InverseOfLower();
                return rows.MatMul(transposed ? inverse : inverse.Transpose());
            }
            int[] forth = [.. Enumerable.Range(1, rank + 1), 0];
            int[] back = [rank + 1, .. Enumerable.Range(0, rank + 1)];
            Tensor columns = rows.Reshape([shared, .. own, size]).Permute(forth);
            return factor.SolveTriangular(columns, transpose: transposed).Permute(back).Reshape(rows.Shape);
        }

        /// <summary>The inverse of a lower-triangular matrix.</summary>
        public Tensor InverseOfLower() => a.SolveTriangular(Tensor.Identity(a.Shape[^1], a.DType));

        /// <summary>-½ |L⁻¹ (x - loc)|² - log det L along the last axis, for the lower-triangular a = L [n, n]: a Gaussian log-density without its
        /// constant, in one pass over the vectors.</summary>
        /// <param name="value">Vectors x, [.., n].</param>
        /// <param name="loc">The location, [n].</param>
        public Tensor WhitenedDensity(Tensor value, Tensor loc) => Ops.LinearAlgebra.WhitenedDensity.Of(value, loc, a);

        /// <summary>The same for one vector and a covariance whose Cholesky factor a = L is; gradients go to the covariance and pass the factor
        /// by.</summary>
        /// <param name="value">The vector x, [n].</param>
        /// <param name="loc">The location, [n].</param>
        /// <param name="covariance">L Lᵀ, [n, n]; all of one type.</param>
        public Tensor WhitenedDensity(Tensor value, Tensor loc, Tensor covariance) =>
            Ops.LinearAlgebra.WhitenedDensity.OfCovariance(value, loc, a, covariance);
    }

    /// <summary>The engine's factorization without its error.</summary>
    private readonly record struct FactorOperation : IAddressOperation
    {
        public string Name => "cholesky or nan";

        public int? EntryRank => 2;

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

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
            CholeskyGradientOperation.Of(output, upstream);

        public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
            MatrixBatch.IsForOneThread(result, (long)result[^1] * result[^1] * result[^1] / 6)
                ? (typeof(FactorOperation).GetMethod(nameof(OnMemory))!, [MatrixBatch.Count(result), result[^1]])
                : null;

        /// <summary>The factors on plain memory.</summary>
        public static void OnMemory(nint a, nint y, int count, int size)
        {
            int lanes = CholeskyGroup.Lanes<double>(size);
            for (int first = 0; first < count; first += lanes)
            {
                Factor(size, lanes, first, count, PlainMemory.Read(a, count * size * size), PlainMemory.Write(y, count * size * size));
            }
        }

        private static void Run<T>(Tensor source, Tensor target) where T : unmanaged, IFloatingPointIeee754<T>
        {
            int size = source.Shape[^1];
            int count = MatrixBatch.Count(source.Shape);
            int lanes = CholeskyGroup.Lanes<T>(size);
            MatrixBatch.ForEach((count + lanes - 1) / lanes, (long)lanes * size * size * size / 6, new Body<T>(size, lanes, count, source, target));
        }
    }

    private readonly struct Body<T>(int size, int lanes, int count, Tensor source, Tensor target) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int group) => Factor(size, lanes, group * lanes, count, source.Read<T>(), target.Write<T>());
    }

    /// <summary>Factors as many neighbouring matrices at once as the vectors have lanes.</summary>
    private static void Factor<T>(int size, int lanes, int first, int count, ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> failed = stackalloc int[Math.Min(lanes, count - first)];
        int area = size * size;
        Range range = (first * area)..((first + failed.Length) * area);
        Span<T> factors = target[range];
        CholeskyGroup.Factor(size, lanes, source[range], factors, failed);
        for (int i = 0; i < failed.Length; i++)
        {
            if (failed[i] >= 0)
            {
                factors.Slice(i * area, area).Fill(T.NaN);
            }
        }
    }
}
