using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Simd;

/// <summary>The Float32 form of a function.</summary>
internal readonly struct SingleFunction<TFunction, V> : IVectorFunction<V>
    where TFunction : struct, ISimdFunction
    where V : unmanaged, ISimd<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V x) => TFunction.Single(x);
}
