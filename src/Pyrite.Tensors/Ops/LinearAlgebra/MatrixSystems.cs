using Pyrite.Ops.LinearAlgebra;


namespace Pyrite;

/// <summary>Linear systems, inverses and determinants; matrices stand in the last two axes, batches before them.</summary>
public static class MatrixSystems
{
    extension(Tensor a)
    {
        /// <summary>X with A·X = B.</summary>
        /// <param name="b">[.., n, k], or a vector [n].</param>
        /// <exception cref="ArgumentException">Shapes do not fit, or a matrix is singular.</exception>
        public Tensor Solve(Tensor b) => b.Rank == 1 ? SolveOperation.Of(a, b.Unsqueeze(-1), false).Squeeze(-1) : SolveOperation.Of(a, b, false);

        /// <summary>A⁻¹. To solve a system use <c>Solve</c>, which is faster and more exact.</summary>
        /// <exception cref="ArgumentException">A matrix is not square, or singular.</exception>
        public Tensor Inverse() => SolveOperation.Of(a, Tensor.Identity(a.Shape[^1], a.DType.IsFloatingPoint ? a.DType : null), false);

        /// <summary>det A; its gradient, the cofactors, exists for singular matrices, too.</summary>
        public Tensor Determinant() => DeterminantOperation.Of(a);

        /// <summary>log det A; NaN where the determinant is negative, -∞ where it is 0.</summary>
        public Tensor LogDeterminant()
        {
            (Tensor sign, Tensor logarithm) = a.SignedLogDeterminant();
            return Tensor.Where(sign < 0, double.NaN, logarithm);
        }

        /// <summary>The sign of det A and log |det A|, which cannot overflow.</summary>
        public (Tensor Sign, Tensor LogAbsolute) SignedLogDeterminant()
        {
            Tensor packed = LogDeterminantOperation.Of(a);
            return (packed.Select(-1, 0).Detach(), packed.Select(-1, 1));
        }

        /// <summary>The Moore-Penrose inverse A⁺.</summary>
        /// <param name="cutoff">Singular values below this share of the largest count as 0; a few rounding errors if not given.</param>
        public Tensor PseudoInverse(double? cutoff = null) => PseudoInverseOperation.Of(a, cutoff ?? -1);

        /// <summary>The X with the smallest |A·X - B|, for matrices with at least as many rows as columns and full rank.</summary>
        /// <param name="b">[.., m, k].</param>
        public Tensor LeastSquares(Tensor b)
        {
            (Tensor q, Tensor r) = a.Qr();
            return r.SolveTriangular(MatrixMultiplication.Product(q, b, true, false), upper: true);
        }
    }
}
