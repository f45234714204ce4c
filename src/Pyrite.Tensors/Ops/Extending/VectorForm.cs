using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Extending;

/// <summary>A function of one argument as kernels know them.</summary>
internal readonly struct VectorForm<TFunction> : ISimdFunction
    where TFunction : struct, IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float> => TFunction.Of(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double> => TFunction.Of(x);
}
