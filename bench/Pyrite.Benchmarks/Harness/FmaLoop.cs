using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Benchmarks.Harness;

/// <summary>A loop of independent fused multiply-adds: nothing but the arithmetic units limits it.</summary>
/// <remarks>Two units with a latency of four cycles need eight independent chains; twelve hide what else the loop does and leave room in sixteen
/// registers.</remarks>
internal static class FmaLoop
{
    private const int Chains = 12;

    /// <summary>Floating-point operations of an iteration.</summary>
    public static double Operations(DType type) =>
        2.0 * Chains * Processor.VectorBits / (8 * (type == DType.Float64 ? sizeof(double) : sizeof(float)));

    /// <summary>Runs the loop with the widest vectors of this run.</summary>
    public static void Run(DType type, int iterations)
    {
        const float x = 0.999f, y = 0.4995f;
        bool isDouble = type == DType.Float64;
        switch (Processor.VectorBits)
        {
            case 512 when isDouble: Loop<Vector512<double>, Double512>(iterations, Vector512.Create((double)x), Vector512.Create((double)y)); break;
            case 512: Loop<Vector512<float>, Single512>(iterations, Vector512.Create(x), Vector512.Create(y)); break;
            case 256 when isDouble: Loop<Vector256<double>, Double256>(iterations, Vector256.Create((double)x), Vector256.Create((double)y)); break;
            case 256: Loop<Vector256<float>, Single256>(iterations, Vector256.Create(x), Vector256.Create(y)); break;
            case var _ when isDouble: Loop<Vector128<double>, Double128>(iterations, Vector128.Create((double)x), Vector128.Create((double)y)); break;
            default: Loop<Vector128<float>, Single128>(iterations, Vector128.Create(x), Vector128.Create(y)); break;
        }
    }

    /// <summary>Named locals stay in registers, where an array of vectors would not, nor locals whose address is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static V Loop<V, TFma>(int iterations, V x, V y)
        where V : struct
        where TFma : IFma<V>
    {
        V a0 = x, a1 = x, a2 = x, a3 = x, a4 = x, a5 = x, a6 = x, a7 = x, a8 = x, a9 = x, a10 = x, a11 = x;
        for (int i = 0; i < iterations; i++)
        {
            a0 = TFma.Fma(a0, x, y);
            a1 = TFma.Fma(a1, x, y);
            a2 = TFma.Fma(a2, x, y);
            a3 = TFma.Fma(a3, x, y);
            a4 = TFma.Fma(a4, x, y);
            a5 = TFma.Fma(a5, x, y);
            a6 = TFma.Fma(a6, x, y);
            a7 = TFma.Fma(a7, x, y);
            a8 = TFma.Fma(a8, x, y);
            a9 = TFma.Fma(a9, x, y);
            a10 = TFma.Fma(a10, x, y);
            a11 = TFma.Fma(a11, x, y);
        }

        // Each chain has a part in what is returned, or it would be removed as unused.
        V even = TFma.Fma(TFma.Fma(a0, a2, a4), a6, TFma.Fma(a8, a10, x)), odd = TFma.Fma(TFma.Fma(a1, a3, a5), a7, TFma.Fma(a9, a11, x));
        return TFma.Fma(even, odd, y);
    }

    private interface IFma<V>
    {
        static abstract V Fma(V a, V x, V y);
    }

    private readonly struct Single512 : IFma<Vector512<float>>
    {
        public static Vector512<float> Fma(Vector512<float> a, Vector512<float> x, Vector512<float> y) => Vector512.FusedMultiplyAdd(a, x, y);
    }

    private readonly struct Double512 : IFma<Vector512<double>>
    {
        public static Vector512<double> Fma(Vector512<double> a, Vector512<double> x, Vector512<double> y) => Vector512.FusedMultiplyAdd(a, x, y);
    }

    private readonly struct Single256 : IFma<Vector256<float>>
    {
        public static Vector256<float> Fma(Vector256<float> a, Vector256<float> x, Vector256<float> y) => Vector256.FusedMultiplyAdd(a, x, y);
    }

    private readonly struct Double256 : IFma<Vector256<double>>
    {
        public static Vector256<double> Fma(Vector256<double> a, Vector256<double> x, Vector256<double> y) => Vector256.FusedMultiplyAdd(a, x, y);
    }

    private readonly struct Single128 : IFma<Vector128<float>>
    {
        public static Vector128<float> Fma(Vector128<float> a, Vector128<float> x, Vector128<float> y) => Vector128.FusedMultiplyAdd(a, x, y);
    }

    private readonly struct Double128 : IFma<Vector128<double>>
    {
        public static Vector128<double> Fma(Vector128<double> a, Vector128<double> x, Vector128<double> y) => Vector128.FusedMultiplyAdd(a, x, y);
    }
}
