using Pyrite.Kernels.Random;

namespace Pyrite.Tests.Kernels;

/// <summary>The draws of a key computed one by one with plain scalar code, straight from the definitions.</summary>
internal static class RandomOracle
{
    public static uint[] Philox(uint[] counter, uint[] key)
    {
        uint[] c = [.. counter];
        uint k0 = key[0], k1 = key[1];
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53ul * c[0], p1 = 0xCD9E8D57ul * c[2];
            c = [(uint)(p1 >> 32) ^ c[1] ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c[3] ^ k1, (uint)p0];
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return c;
    }

    public static uint Bits32(RandomKey key, long index)
    {
        long group = index / 64, place = index % 64;
        return Block(key, 16 * group + place % 16)[place / 16];
    }

    public static ulong Bits64(RandomKey key, long index)
    {
        long group = index / 16, place = index % 16;
        uint[] words = Block(key, 8 * group + place % 8);
        return place < 8 ? words[0] | ((ulong)words[1] << 32) : words[2] | ((ulong)words[3] << 32);
    }

    public static float Uniform32(RandomKey key, long index) => ((Bits32(key, index) >> 9) + 0.5f) / 8388608f;

    public static double Uniform64(RandomKey key, long index) => ((Bits64(key, index) >> 12) + 0.5) / 4503599627370496.0;

    /// <summary>The exact operations of the Float32 kernel, one draw at a time.</summary>
    public static float Normal32(RandomKey key, long index)
    {
        bool second = index % 32 >= 16;
        long first = second ? index - 16 : index;
        uint angle = Bits32(key, first + 16);
        int k = Math.Min((int)(Bits32(key, first) >> 1), Normal32Kernel.LargestRadiusBits);
        float u = (k + 0.5f) * (1f / 2147483648f);
        int bits = BitConverter.SingleToInt32Bits(u);
        int exponent = (bits - Normal32Kernel.SqrtHalfBits) >> 23;
        float f = BitConverter.Int32BitsToSingle(bits - (exponent << 23)) - 1f;
        float p =
            Polynomial(f, -0.5f, Normal32Kernel.Log0, Normal32Kernel.Log1, Normal32Kernel.Log2, Normal32Kernel.Log3, Normal32Kernel.Log4,
                Normal32Kernel.Log5, Normal32Kernel.Log6, Normal32Kernel.Log7);
        float log = MathF.FusedMultiplyAdd(exponent, Normal32Kernel.LogTwo, MathF.FusedMultiplyAdd(f * f, p, f));
        float radius = MathF.Sqrt(log * -2f);
        float t = (int)((angle << 2) | 2) * (1f / 4294967296f);
        float sine = t * Polynomial(t * t, Normal32Kernel.Sin0, Normal32Kernel.Sin1, Normal32Kernel.Sin2, Normal32Kernel.Sin3);
        float cosine = Polynomial(t * t, 1f, Normal32Kernel.Cos1, Normal32Kernel.Cos2, Normal32Kernel.Cos3, Normal32Kernel.Cos4);
        bool swapped = angle >> 31 == 1;
        float draw = radius * (second == swapped ? cosine : sine);
        return ((angle >> 30) & 1) == 1 ? -draw : draw;
    }

    /// <summary>The exact operations of the Float64 kernel, one draw at a time.</summary>
    public static double Normal64(RandomKey key, long index)
    {
        bool second = index % 16 >= 8;
        long first = second ? index - 8 : index;
        ulong angle = Bits64(key, first + 8);
        long k = Math.Min((long)(Bits64(key, first) >> 1), Normal64Kernel.LargestRadiusBits);
        double u = (k + 0.5) * (1.0 / 9223372036854775808.0);
        long bits = BitConverter.DoubleToInt64Bits(u);
        long exponent = (bits - PortableLogarithm.SqrtHalfBits) >> 52;
        double f = BitConverter.Int64BitsToDouble(bits - (exponent << 52)) - 1;
        double s = f / (f + 2), z = s * s, half = f * f * 0.5;
        double p =
            Polynomial(z, PortableLogarithm.Log0, PortableLogarithm.Log1, PortableLogarithm.Log2, PortableLogarithm.Log3, PortableLogarithm.Log4,
                PortableLogarithm.Log5, PortableLogarithm.Log6);
        double mantissa = f - (half - s * Math.FusedMultiplyAdd(z, p, half));
        double radius = Math.Sqrt(Math.FusedMultiplyAdd(exponent, PortableLogarithm.LogTwo, mantissa) * -2);
        double t = (long)((angle << 2) | 2) * (1.0 / 18446744073709551616.0);
        double sine =
            t * Polynomial(t * t, Normal64Kernel.Sin0, Normal64Kernel.Sin1, Normal64Kernel.Sin2, Normal64Kernel.Sin3, Normal64Kernel.Sin4,
                Normal64Kernel.Sin5, Normal64Kernel.Sin6);
        double cosine =
            Polynomial(t * t, 1, Normal64Kernel.Cos1, Normal64Kernel.Cos2, Normal64Kernel.Cos3, Normal64Kernel.Cos4, Normal64Kernel.Cos5,
                Normal64Kernel.Cos6, Normal64Kernel.Cos7);
        bool swapped = angle >> 63 == 1;
        double draw = radius * (second == swapped ? cosine : sine);
        return ((angle >> 62) & 1) == 1 ? -draw : draw;
    }

    /// <summary>Box and Muller with the library's logarithm, sine and cosine in Float64, from the bits of a Float32 draw.</summary>
    public static double ExactNormal32(RandomKey key, long index)
    {
        bool second = index % 32 >= 16;
        long first = second ? index - 16 : index;
        uint angle = Bits32(key, first + 16);
        float u = (Math.Min((int)(Bits32(key, first) >> 1), Normal32Kernel.LargestRadiusBits) + 0.5f) * (1f / 2147483648f);
        double t = (float)(int)((angle << 2) | 2) / 4294967296.0;
        bool swapped = angle >> 31 == 1;
        double turn = Math.PI / 2 * t;
        double draw = Math.Sqrt(-2 * Math.Log(u)) * (second == swapped ? Math.Cos(turn) : Math.Sin(turn));
        return ((angle >> 30) & 1) == 1 ? -draw : draw;
    }

    /// <summary>Box and Muller with the library's logarithm, sine and cosine, from the bits of a Float64 draw.</summary>
    public static double ExactNormal64(RandomKey key, long index)
    {
        bool second = index % 16 >= 8;
        long first = second ? index - 8 : index;
        ulong angle = Bits64(key, first + 8);
        double u = (Math.Min((long)(Bits64(key, first) >> 1), Normal64Kernel.LargestRadiusBits) + 0.5) / 9223372036854775808.0;
        double turn = Math.PI / 2 * ((long)((angle << 2) | 2) / 18446744073709551616.0);
        bool swapped = angle >> 63 == 1;
        double draw = Math.Sqrt(-2 * Math.Log(u)) * (second == swapped ? Math.Cos(turn) : Math.Sin(turn));
        return ((angle >> 62) & 1) == 1 ? -draw : draw;
    }

    private static uint[] Block(RandomKey key, long block) =>
        Philox([(uint)block, (uint)(block >> 32), (uint)key.Stream, (uint)(key.Stream >> 32)], [(uint)key.Key, (uint)(key.Key >> 32)]);

    private static float Polynomial(float x, params ReadOnlySpan<float> coefficients)
    {
        float sum = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = MathF.FusedMultiplyAdd(sum, x, coefficients[i]);
        }
        return sum;
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> coefficients)
    {
        double sum = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        }
        return sum;
    }
}
