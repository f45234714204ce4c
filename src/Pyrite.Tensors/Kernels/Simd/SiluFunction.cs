using System.Runtime.CompilerServices;

namespace Pyrite.Kernels;

/// <summary>x · sigmoid(x).</summary>
internal readonly struct SiluFunction : ISimdFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Single<V>(V x) where V : unmanaged, ISimd<V, float> => x * SigmoidFunction.Single(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V x) where V : unmanaged, ISimd<V, double> => x * SigmoidFunction.Double(x);
}
