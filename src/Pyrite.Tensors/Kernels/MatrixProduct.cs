namespace Pyrite.Kernels;

/// <summary>Matrix products of tensors: finds pointers and strides for <see cref="MatrixKernel"/>.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Y = op(A)·op(B) (+ bias) for each batch entry.</summary>
    /// <param name="a">Row-major matrices [batch or 1, m, k], or [.., k, m] if transposed.</param>
    /// <param name="b">Row-major matrices [batch or 1, k, n], or [.., n, k] if transposed.</param>
    /// <param name="bias">One value a column, or null.</param>
    /// <param name="y">Row-major matrices [batch, m, n].</param>
    /// <param name="sizes">The sizes of the product.</param>
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> y, in ProductSizes sizes) where T : unmanaged
    {
        (int batch, int m, int n, int k) = (sizes.Batch, sizes.M, sizes.N, sizes.K);
        fixed (T* pointerA = a, pointerB = b, pointerBias = bias, pointerY = y)
        {
            Epilogue<T> epilogue = new(bias.IsEmpty ? null : pointerBias);
            (nint rowA, nint columnA) = sizes.TransposeA ? ((nint)1, (nint)m) : (k, 1);
            (nint rowB, nint columnB) = sizes.TransposeB ? ((nint)1, (nint)k) : (n, 1);
            if (batch == 1)
            {
                MatrixKernel.Multiply(m, n, k, pointerA, rowA, columnA, pointerB, rowB, columnB, pointerY, n, false, epilogue);
                return;
            }
            nint batchA = sizes.SharedA ? 0 : (nint)m * k;
            nint batchB = sizes.SharedB ? 0 : (nint)k * n;
            MatrixKernel.MultiplyBatch(batch, m, n, k, pointerA, batchA, rowA, columnA, pointerB, batchB, rowB, columnB, pointerY, (nint)m * n, n, false, epilogue);
        }
    }
}
