using Pyrite.Ops.LinearAlgebra;


namespace Pyrite;

/// <summary>QR, eigenvalue and singular value decompositions; matrices stand in the last two axes, batches before them.</summary>
public static class MatrixFactors
{
    extension(Tensor a)
    {
        /// <summary>A = Q·R with orthonormal columns of Q [.., m, n] and an upper triangular R [.., n, n] whose diagonal is not negative; m ≥
        /// n.</summary>
        /// <exception cref="ArgumentException">There are more columns than rows.</exception>
        public (Tensor Q, Tensor R) Qr()
        {
            Tensor packed = QrOperation.Of(a);
            return (packed.Slice(-2, 0, a.Shape[^2]), packed.Slice(-2, a.Shape[^2], a.Shape[^1]));
        }

        /// <summary>A = V·diag(w)·Vᵀ for symmetric A: eigenvalues ascending, eigenvectors as columns.</summary>
        /// <remarks>The lower triangle is read. Signs of eigenvectors are arbitrary; gradients through the vectors need distinct
        /// eigenvalues.</remarks>
        public (Tensor Values, Tensor Vectors) SymmetricEigen()
        {
            Tensor packed = SymmetricEigenOperation.Of(a);
            return (packed.Select(-1, 0), packed.Slice(-1, 1, a.Shape[^1]).Transpose());
        }

        /// <summary>The eigenvalues of symmetric matrices, ascending; the lower triangle is read.</summary>
        public Tensor SymmetricEigenvalues() => a.SymmetricEigen().Values;

        /// <summary>A = U·diag(s)·Vᵀ: singular values descending, U [.., m, k] and V [.., n, k] with k = min(m, n).</summary>
        /// <remarks>Signs of vectors are arbitrary; gradients through the vectors need distinct singular values.</remarks>
        public (Tensor U, Tensor Values, Tensor V) Svd()
        {
            (int m, int n) = (a.Shape[^2], a.Shape[^1]);
            Tensor packed = SvdOperation.Of(a);
            return (packed.Slice(-1, 1, m).Transpose(), packed.Select(-1, 0), packed.Slice(-1, 1 + m, n).Transpose());
        }

        /// <summary>The singular values, descending.</summary>
        public Tensor SingularValues() => a.Svd().Values;
    }
}
