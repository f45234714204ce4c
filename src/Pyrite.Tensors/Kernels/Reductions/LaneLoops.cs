using System.Numerics;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Reductions;

/// <summary>The loops of <see cref="LaneExponentials{T}"/> for the machine's vectors.</summary>
internal readonly unsafe struct LaneLoops<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly nint measure;
    private readonly nint exponentials;
    private readonly nint differences;

    private LaneLoops(nint measure, nint exponentials, nint differences)
    {
        this.measure = measure;
        this.exponentials = exponentials;
        this.differences = differences;
    }

    /// <summary>The largest element, and by reference Σ e^(x - largest).</summary>
    public delegate*<T*, nint, out T, T> Measure => (delegate*<T*, nint, out T, T>)measure;

    /// <summary>y = e^(x - shift) · factor.</summary>
    public delegate*<T*, T*, nint, T, T, void> Exponentials => (delegate*<T*, T*, nint, T, T, void>)exponentials;

    /// <summary>y = (x - shift) - other.</summary>
    public delegate*<T*, T*, nint, T, T, void> Differences => (delegate*<T*, T*, nint, T, T, void>)differences;

    /// <summary>The loops in the widest vectors.</summary>
    public static LaneLoops<T> Choose()
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.IsHardwareAccelerated ? Of<Simd512<float>, float, SingleFunction<ExpFunction, Simd512<float>>>()
                : Vector256.IsHardwareAccelerated ? Of<Simd256<float>, float, SingleFunction<ExpFunction, Simd256<float>>>()
                : Of<Simd128<float>, float, SingleFunction<ExpFunction, Simd128<float>>>();
        }
        return Vector512.IsHardwareAccelerated ? Of<Simd512<double>, double, DoubleFunction<ExpFunction, Simd512<double>>>()
            : Vector256.IsHardwareAccelerated ? Of<Simd256<double>, double, DoubleFunction<ExpFunction, Simd256<double>>>()
            : Of<Simd128<double>, double, DoubleFunction<ExpFunction, Simd128<double>>>();
    }

    private static LaneLoops<T> Of<V, TElement, TExp>()
        where V : unmanaged, ISimd<V, TElement>
        where TElement : unmanaged, IFloatingPointIeee754<TElement>
        where TExp : struct, IVectorFunction<V>
    {
        delegate*<TElement*, nint, out TElement, TElement> measure = &LaneLoop<V, TElement, TExp>.Measure;
        delegate*<TElement*, TElement*, nint, TElement, TElement, void> exponentials = &LaneLoop<V, TElement, TExp>.Exponentials;
        delegate*<TElement*, TElement*, nint, TElement, TElement, void> differences = &LaneLoop<V, TElement, TExp>.Differences;
        return new LaneLoops<T>((nint)measure, (nint)exponentials, (nint)differences);
    }
}
