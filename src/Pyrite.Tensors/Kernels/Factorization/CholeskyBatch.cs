using System.Numerics;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels;

/// <summary>Cholesky factors of consecutive row-major matrices: finds pointers and the kernel that suits the size.</summary>
internal static unsafe class CholeskyBatch
{
    /// <summary>How many neighbouring matrices of a size are best factored together.</summary>
    public static int GroupSize<T>(int n)
        where T : unmanaged => n is > 0 and <= ManyCholesky.MaxSize ? Vector512<T>.Count : 1;

    /// <summary>Factors up to <see cref="GroupSize{T}"/> matrices; the upper triangles of the factors are zero.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="source">The matrices; lower triangles are read.</param>
    /// <param name="target">The factors.</param>
    /// <param name="failed">For each matrix the first pivot that is not positive, which then stands on the diagonal, or -1.</param>
    public static void Factor<T>(int n, ReadOnlySpan<T> source, Span<T> target, Span<int> failed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* from = source, to = target)
        {
            if (failed.Length == GroupSize<T>(n) && failed.Length > 1 && ManyCholesky.TryFactor(n, from, to))
            {
                failed.Fill(-1);
                return;
            }
            for (int i = 0; i < failed.Length; i++)
            {
                failed[i] = FactorOne(n, from + ((nint)i * n * n), to + ((nint)i * n * n));
            }
        }
    }

    private static int FactorOne<T>(int n, T* source, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            new ReadOnlySpan<T>(source + ((nint)i * n), i + 1).CopyTo(new Span<T>(target + ((nint)i * n), i + 1));
        }
        int pivot = CholeskyKernel.Factor(n, target, n);

        // Products of whole blocks reach above the diagonal.
        for (int i = 0; i < n; i++)
        {
            new Span<T>(target + ((nint)i * n) + i + 1, n - i - 1).Clear();
        }
        return pivot;
    }
}
