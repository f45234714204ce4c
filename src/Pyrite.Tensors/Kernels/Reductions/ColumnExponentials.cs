using System.Numerics;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Reductions;

/// <summary>Sums of exponentials along the middle axis of [outer, length, inner], neighbouring columns side by side in vectors.</summary>
internal static unsafe class ColumnExponentials<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements that one thread takes at a time.</summary>
    private const int Grain = 16 * 1024;

    private static readonly delegate*<T*, T*, nint, nint, nint, void> Sums;

    private static readonly delegate*<T*, T*, T*, T*, nint, nint, nint, void> Parts;

    static ColumnExponentials()
    {
        (nint sums, nint parts) = Choose();
        Sums = (delegate*<T*, T*, nint, nint, nint, void>)sums;
        Parts = (delegate*<T*, T*, T*, T*, nint, nint, nint, void>)parts;
    }

    /// <summary>y = log Σ eˣ; y has one element for each column.</summary>
    public static void LogSum(ReadOnlySpan<T> x, Span<T> y, int outer, int length, int inner)
    {
        fixed (T* source = x, target = y)
        {
            Body body = new(source, target, null, null, length, inner);
            body.Start(outer);
        }
    }

    /// <summary>z = u eˣ⁻ʸ; y and u have one element for each column.</summary>
    public static void Shares(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> u, Span<T> z, int outer, int length, int inner)
    {
        fixed (T* source = x, sums = y, factors = u, target = z)
        {
            Body body = new(source, sums, factors, target, length, inner);
            body.Start(outer);
        }
    }

    private static (nint Sums, nint Parts) Choose()
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.IsHardwareAccelerated ? Single<Simd512<float>>()
                : Vector256.IsHardwareAccelerated ? Single<Simd256<float>>()
                : Single<Simd128<float>>();
        }
        return Vector512.IsHardwareAccelerated ? Double<Simd512<double>>()
            : Vector256.IsHardwareAccelerated ? Double<Simd256<double>>()
            : Double<Simd128<double>>();
    }

    private static (nint Sums, nint Parts) Single<V>()
        where V : unmanaged, ISimd<V, float> => Of<V, float, SingleFunction<ExpFunction, V>, SingleFunction<LogFunction, V>>();

    private static (nint Sums, nint Parts) Double<V>()
        where V : unmanaged, ISimd<V, double> => Of<V, double, DoubleFunction<ExpFunction, V>, DoubleFunction<LogFunction, V>>();

    private static (nint Sums, nint Parts) Of<V, TElement, TExp, TLog>()
        where V : unmanaged, ISimd<V, TElement>
        where TElement : unmanaged, IFloatingPointIeee754<TElement>
        where TExp : struct, IVectorFunction<V>
        where TLog : struct, IVectorFunction<V>
    {
        delegate*<TElement*, TElement*, nint, nint, nint, void> sums = &ColumnLoop<V, TElement, TExp, TLog>.LogSum;
        delegate*<TElement*, TElement*, TElement*, TElement*, nint, nint, nint, void> parts = &ColumnLoop<V, TElement, TExp, TLog>.Shares;
        return ((nint)sums, (nint)parts);
    }

    /// <summary>Blocks of columns; which thread takes which changes no bit.</summary>
    private readonly struct Body : IParallelBody
    {
        private readonly T* x;
        private readonly T* y;
        private readonly T* u;
        private readonly T* z;
        private readonly int length;
        private readonly int inner;
        private readonly int width;
        private readonly int blocks;

        public Body(T* x, T* y, T* u, T* z, int length, int inner)
        {
            this.x = x;
            this.y = y;
            this.u = u;
            this.z = z;
            this.length = length;
            this.inner = inner;
            width = Math.Max(64, Grain / Math.Max(1, length) / 64 * 64);
            blocks = (inner + width - 1) / width;
        }

        public void Start(int outer)
        {
            Body body = this;
            if ((long)outer * length * inner > Grain)
            {
                WorkerPool.For(outer * blocks, ref body);
                return;
            }
            for (int index = 0; index < outer * blocks; index++)
            {
                body.Run(index);
            }
        }

        public void Run(int index)
        {
            (int outer, int block) = Math.DivRem(index, blocks);
            nint start = (nint)block * width, columns = Math.Min(width, inner - start);
            nint own = ((nint)outer * inner) + start, all = ((nint)outer * length * inner) + start;
            if (z is null)
            {
                Sums(x + all, y + own, length, inner, columns);
            }
            else
            {
                Parts(x + all, y + own, u + own, z + all, length, inner, columns);
            }
        }
    }
}
