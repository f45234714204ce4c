using Pyrite.Ops.LinearAlgebra;


namespace Pyrite;

/// <summary>Cholesky factors and triangular systems; matrices stand in the last two axes, batches before them.</summary>
public static class CholeskyFactors
{
    extension(Tensor a)
    {
        /// <summary>The lower triangular L with L·Lᵀ = A.</summary>
        /// <remarks>Only the lower triangle of A is read; its gradient is the symmetric one.</remarks>
        /// <exception cref="ArgumentException">A matrix is not positive definite; the message names its place in the batch and the pivot.</exception>
        public Tensor Cholesky() => CholeskyOperation.Of(a);

        /// <summary>X with A·X = B for triangular matrices A.</summary>
        /// <param name="b">[.., n, k]; batch axes broadcast.</param>
        /// <param name="upper">Whether A is upper triangular; the other triangle is not read and gets no gradient.</param>
        /// <param name="transpose">Whether Aᵀ·X = B is solved instead.</param>
        /// <param name="unitDiagonal">Whether the diagonal counts as ones.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor SolveTriangular(Tensor b, bool upper = false, bool transpose = false, bool unitDiagonal = false) =>
            TriangularSolveOperation.Of(a, b, upper, transpose, unitDiagonal);

        /// <summary>X with X·A = B for triangular matrices A.</summary>
        /// <param name="b">[.., k, n]; batch axes broadcast.</param>
        /// <param name="upper">Whether A is upper triangular.</param>
        /// <param name="transpose">Whether X·Aᵀ = B is solved instead.</param>
        /// <param name="unitDiagonal">Whether the diagonal counts as ones.</param>
        public Tensor SolveTriangularRight(Tensor b, bool upper = false, bool transpose = false, bool unitDiagonal = false) =>
            TriangularSolveOperation.Of(a, b.Transpose(), upper, !transpose, unitDiagonal).Transpose();

        /// <summary>X with (L·Lᵀ)·X = B for a lower triangular L.</summary>
        public Tensor CholeskySolve(Tensor b) => a.SolveTriangular(a.SolveTriangular(b), transpose: true);

        /// <summary>(L·Lᵀ)⁻¹ for a lower triangular L.</summary>
        public Tensor CholeskyInverse() => a.CholeskySolve(Tensor.Identity(a.Shape[^1], a.DType));

        /// <summary>The lower triangle with half of its diagonal.</summary>
        internal Tensor HalvedLowerTriangle()
        {
            Tensor lower = a.LowerTriangle();
            return lower - (0.5 * lower.Diagonal()).DiagonalEmbed();
        }
    }
}
