namespace Pyrite.Kernels.Products;

/// <summary>Matrix products of packed arrays: finds pointers and strides for <see cref="MatrixKernel"/>.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Y = mask(relu(op(A)·op(B) (+ bias))) for each batch entry.</summary>
    /// <param name="a">Row-major matrices [batch or 1, m, k], or [.., k, m] if transposed.</param>
    /// <param name="b">[batch or 1, k, n], or [.., n, k] if transposed.</param>
    /// <param name="bias">One value per column; empty for none.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="mask">Like the result, which is zeroed where this is not positive; empty for none.</param>
    /// <param name="output">Row-major matrices [batch, m, n].</param>
    /// <param name="sizes">The sizes of the product.</param>
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, bool relu, ReadOnlySpan<T> mask, Span<T> output,
        in ProductSizes sizes)
        where T : unmanaged
    {
        (int batch, int m, int n, int k) = (sizes.Batch, sizes.M, sizes.N, sizes.K);
        fixed (T* pointerA = a, pointerB = b, pointerY = output, pointerBias = bias, pointerMask = mask)
        {
            Epilogue<T> epilogue = new(pointerBias, relu, pointerMask);
            (nint rowA, nint columnA) = sizes.TransposeA ? ((nint)1, (nint)m) : (k, 1);
            (nint rowB, nint columnB) = sizes.TransposeB ? ((nint)1, (nint)k) : (n, 1);
            if (batch == 1)
            {
                MatrixKernel.Multiply(m, n, k, pointerA, rowA, columnA, pointerB, rowB, columnB, pointerY, n, false, epilogue);
                return;
            }
            nint batchA = sizes.SharedA ? 0 : (nint)m * k;
            nint batchB = sizes.SharedB ? 0 : (nint)k * n;
            MatrixKernel.MultiplyBatch(batch, m, n, k, pointerA, batchA, rowA, columnA, pointerB, batchB, rowB, columnB, pointerY, (nint)m * n, n,
                false, epilogue);
        }
    }
}
