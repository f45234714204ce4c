using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Factorization;

/// <summary>Gradients of Cholesky factors of up to 16 rows: L⁻ᵀ (P + Pᵀ) L⁻¹, where P is the lower triangle of Lᵀ L̄ with half of its
/// diagonal.</summary>
/// <remarks>Columns are worked on side by side, one per lane. Murray (2016), equation 8.</remarks>
internal static unsafe class SmallCholeskyGradient
{
    private const int Size = SmallCholesky.MaxSize;

    /// <summary>Replaces the lower triangle of g, the gradient of the factor, by twice the symmetric gradient of the matrix.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="factor">The factor; its lower triangle is read.</param>
    /// <param name="g">The gradient.</param>
    /// <param name="stride">Distance of the rows of both.</param>
    [SkipLocalsInit]
    public static void Run<T>(int n, T* factor, T* g, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* first = stackalloc T[Size * Size];
        T* second = stackalloc T[Size * Size];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                first[(i * Size) + j] = j <= i ? g[(i * stride) + j] : T.Zero;
            }
        }
        int columns = (n + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;
        for (int c = 0; c < columns; c += Vector512<T>.Count)
        {
            Multiply(n, factor, stride, first + c, second + c);
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                second[(j * Size) + i] = second[(i * Size) + j];
            }
        }
        for (int c = 0; c < columns; c += Vector512<T>.Count)
        {
            Solve(n, factor, stride, second + c);
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                first[(i * Size) + j] = j < n ? second[(j * Size) + i] : T.Zero;
            }
        }
        for (int c = 0; c < columns; c += Vector512<T>.Count)
        {
            Solve(n, factor, stride, first + c);
        }
        for (int i = 0; i < n; i++)
        {
            new ReadOnlySpan<T>(first + (i * Size), n).CopyTo(new Span<T>(g + (i * stride), n));
        }
    }

    /// <summary>Columns of Lᵀ·X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<T>(int n, T* l, nint stride, T* x, T* product)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            Vector512<T> even = Vector512<T>.Zero, odd = Vector512<T>.Zero;
            int k = i;
            for (; k < n - 1; k += 2)
            {
                even += Vector512.Load(x + (k * Size)) * l[(k * stride) + i];
                odd += Vector512.Load(x + ((k + 1) * Size)) * l[((k + 1) * stride) + i];
            }
            if (k < n)
            {
                even += Vector512.Load(x + (k * Size)) * l[(k * stride) + i];
            }
            (even + odd).Store(product + (i * Size));
        }
    }

    /// <summary>Replaces columns of B by L⁻ᵀ·B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve<T>(int n, T* l, nint stride, T* b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = n - 1; i >= 0; i--)
        {
            Vector512<T> even = Vector512.Load(b + (i * Size)), odd = Vector512<T>.Zero;
            int k = i + 1;
            for (; k < n - 1; k += 2)
            {
                even -= Vector512.Load(b + (k * Size)) * l[(k * stride) + i];
                odd += Vector512.Load(b + ((k + 1) * Size)) * l[((k + 1) * stride) + i];
            }
            if (k < n)
            {
                even -= Vector512.Load(b + (k * Size)) * l[(k * stride) + i];
            }
            ((even - odd) * (T.One / l[(i * stride) + i])).Store(b + (i * Size));
        }
    }
}
