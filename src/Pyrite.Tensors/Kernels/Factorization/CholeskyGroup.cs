using System.Numerics;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Factorization;

/// <summary>Factors neighbouring matrices: as many at once as vectors have lanes, where they are small.</summary>
internal static unsafe class CholeskyGroup
{
    /// <summary>How many matrices of a size to hand over at once.</summary>
    public static int Lanes<T>(int n) => n is > 0 and <= ManyCholesky.MaxSize ? Vector512<T>.Count : 1;

    /// <summary>Factors as many n x n matrices as there are entries in <paramref name="failed"/>; each becomes the first bad pivot, or -1.</summary>
    public static void Factor<T>(int n, int lanes, ReadOnlySpan<T> matrices, Span<T> factors, Span<int> failed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* from = matrices, to = factors)
        {
            if (lanes > 1 && failed.Length == lanes && ManyCholesky.TryFactor(n, from, to))
            {
                failed.Fill(-1);
                return;
            }
            for (int i = 0; i < failed.Length; i++)
            {
                failed[i] = Factor(n, from + (i * n * n), to + (i * n * n));
            }
        }
    }

    private static int Factor<T>(int n, T* source, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            new ReadOnlySpan<T>(source + (i * n), i + 1).CopyTo(new Span<T>(target + (i * n), i + 1));
        }
        int pivot = CholeskyKernel.Factor(n, target, n);

        // Products of whole blocks reach above the diagonal.
        for (int i = 0; i < n; i++)
        {
            new Span<T>(target + (i * n) + i + 1, n - i - 1).Clear();
        }
        return pivot;
    }
}
