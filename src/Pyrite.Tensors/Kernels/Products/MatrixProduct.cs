namespace Pyrite.Kernels.Products;

/// <summary>Matrix products of tensors: finds pointers and strides for <see cref="MatrixKernel"/>.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>Y = mask(relu(op(A)·op(B) (+ bias))) for each batch entry.</summary>
    /// <param name="inputs">
    /// Row-major matrices A, [batch or 1, m, k], or [.., k, m] if transposed, and B, [batch or 1, k, n], or [.., n, k] if transposed;
    /// then perhaps a bias, one value a column.
    /// </param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="mask">A tensor like the result that zeroes it where it is not positive, or null.</param>
    /// <param name="output">Row-major matrices [batch, m, n].</param>
    /// <param name="sizes">The sizes of the product.</param>
    public static void Run<T>(ReadOnlySpan<Tensor> inputs, bool relu, Tensor? mask, Tensor output, in ProductSizes sizes)
        where T : unmanaged
    {
        (int batch, int m, int n, int k) = (sizes.Batch, sizes.M, sizes.N, sizes.K);
        ReadOnlySpan<T> noElements = [];
        fixed (T* pointerA = inputs[0].Read<T>(), pointerB = inputs[1].Read<T>(), pointerY = output.Write<T>())
        fixed (T* pointerBias = inputs.Length > 2 ? inputs[2].Read<T>() : noElements, pointerMask = mask is null ? noElements : mask.Read<T>())
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
