using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Standard normal Float64 draws by Box and Muller's transform, eight pairs at once.</summary>
/// <remarks>
/// As <see cref="Normal32Kernel"/>, with draws 8 apart in a group of 16 making a pair and u in [2⁻⁶⁴, 1 - 2⁻⁵³], so that
/// 1.4e-8 ≤ r ≤ 9.42. A draw is within 4 units in the last place of its exact value, on average within 1.
/// </remarks>
internal readonly struct Normal64Kernel : IRandomKernel<double>
{
    public const double Sin0 = 1.5707963267948966, Sin1 = -0.6459640975062443, Sin2 = 0.07969262624603957, Sin3 = -0.004681754132282521;
    public const double Sin4 = 0.00016044115029243853, Sin5 = -3.5986417573085926e-06, Sin6 = 5.633721405327978e-08;
    public const double Cos1 = -1.2337005501361697, Cos2 = 0.2536695079010466, Cos3 = -0.020863480763308007, Cos4 = 0.0009192602741467977;
    public const double Cos5 = -2.520203655835323e-05, Cos6 = 4.7106035852099246e-07, Cos7 = -6.320557755964924e-09;
    public const long LargestRadiusBits = 0x7FFFFFFFFFFFFC00;

    public static int GroupLength => RandomBlock.Length64;

    public static void FillGroups(RandomKey key, ulong firstGroup, Span<double> destination)
    {
        ref double target = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += RandomBlock.Length64)
        {
            RandomBlock.Draw64(key, firstGroup++, out Vector512<ulong> row0, out Vector512<ulong> row1);
            Pair(row0, row1, out Vector512<double> first, out Vector512<double> second);
            first.StoreUnsafe(ref target, (nuint)i);
            second.StoreUnsafe(ref target, (nuint)i + 8);
        }
    }

    /// <summary>r cos θ and r sin θ, in either order and with either sign, from the bits of r and of θ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair(Vector512<ulong> radiusBits, Vector512<ulong> angleBits, out Vector512<double> first, out Vector512<double> second)
    {
        Vector512<ulong> sign = (angleBits << 1) & Vector512.Create(0x8000000000000000ul);
        Vector512<double> radius = (Radius(radiusBits).AsUInt64() ^ sign).AsDouble();
        Vector512<double> t =
            Vector512.ConvertToDouble(((angleBits << 2) | Vector512.Create(2ul)).AsInt64()) * Vector512.Create(1.0 / 18446744073709551616.0);
        Vector512<double> square = t * t;
        Vector512<double> sine = t * Sine(square);
        Vector512<double> cosine = Cosine(square);
        Vector512<double> swap = (angleBits.AsInt64() >> 63).AsDouble();
        first = radius * Vector512.ConditionalSelect(swap, sine, cosine);
        second = radius * Vector512.ConditionalSelect(swap, cosine, sine);
    }

    /// <summary>√(-2 ln u) with u = (k + ½) 2⁻⁶³, k the upper 63 bits, kept below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Radius(Vector512<ulong> bits)
    {
        Vector512<long> k = Vector512.Min((bits >>> 1).AsInt64(), Vector512.Create(LargestRadiusBits));
        Vector512<double> u = (Vector512.ConvertToDouble(k) + Vector512.Create(0.5)) * Vector512.Create(1.0 / 9223372036854775808.0);
        return Vector512.Sqrt(PortableLogarithm.Of(u) * Vector512.Create(-2.0));
    }

    /// <summary>sin(π t / 2) / t from t², |t| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sine(Vector512<double> square)
    {
        Vector512<double> p = Step(Step(Step(Vector512.Create(Sin6), square, Sin5), square, Sin4), square, Sin3);
        return Step(Step(Step(p, square, Sin2), square, Sin1), square, Sin0);
    }

    /// <summary>cos(π t / 2) from t², |t| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Cosine(Vector512<double> square)
    {
        Vector512<double> p = Step(Step(Step(Step(Vector512.Create(Cos7), square, Cos6), square, Cos5), square, Cos4), square, Cos3);
        return Step(Step(Step(p, square, Cos2), square, Cos1), square, 1.0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Step(Vector512<double> sum, Vector512<double> x, double next) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(next));
}
