using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Simd;

/// <summary>The Float64 form of a function.</summary>
internal readonly struct DoubleFunction<TFunction, V> : IVectorFunction<V>
    where TFunction : struct, ISimdFunction
    where V : unmanaged, ISimd<V, double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V x) => TFunction.Double(x);
}
