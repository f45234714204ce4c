using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Extending;

/// <summary>A function of two arguments as kernels know them.</summary>
internal readonly struct VectorPairForm<TFunction> : ISimdPairFunction
    where TFunction : struct, IElementPairFunction
{
    public static bool HasSingle => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V a, V b) where V : unmanaged, ISimd<V, float> => TFunction.Of(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V a, V b) where V : unmanaged, ISimd<V, double> => TFunction.Of(a, b);
}
