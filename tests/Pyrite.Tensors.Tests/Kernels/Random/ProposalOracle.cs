using Pyrite.Kernels.Special;


namespace Pyrite.Tests.Kernels;

/// <summary>Gamma and Poisson draws one by one from the textbook's formulas, with the bits that the definitions give an element.</summary>
internal static class ProposalOracle
{
    private const ulong AttemptTag = 0xE7037ED1A0B428DB;

    public static double LogGamma(RandomKey key, long element, double concentration)
    {
        double d = (concentration < 1 ? concentration + 1 : concentration) - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        for (ulong attempt = 0; ; attempt++)
        {
            (ulong radius, ulong angle) = Bits(key, attempt, 2 * element);
            (ulong height, ulong power) = Bits(key, attempt, (2 * element) + 1);
            double x = Normal(radius, angle);
            double v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(Uniform(height)) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return Math.Log(d) + Math.Log(v) + (concentration < 1 ? Math.Log(Uniform(power)) / concentration : 0);
            }
        }
    }

    public static double Poisson(RandomKey key, long element, double rate)
    {
        for (ulong attempt = 0; ; attempt++)
        {
            (ulong first, ulong second) = Bits(key, attempt, element);
            double u = Uniform(first), v = Uniform(second);
            if (rate < 10)
            {
                return Inverted(u, rate);
            }
            double b = 0.931 + (2.53 * Math.Sqrt(rate)), a = -0.059 + (0.02483 * b);
            double inverseAlpha = 1.1239 + (1.1328 / (b - 3.4)), quick = 0.9277 - (3.6224 / (b - 2));
            u -= 0.5;
            double distance = 0.5 - Math.Abs(u);
            double count = Math.Floor((((2 * a / distance) + b) * u) + rate + 0.43);
            double height = Math.Log(v * inverseAlpha / ((a / (distance * distance)) + b));
            bool isQuick = distance >= 0.07 && v <= quick;
            bool isHopeless = count < 0 || (distance < 0.013 && v > distance);
            if (isQuick || (!isHopeless && height <= (count * Math.Log(rate)) - rate - GammaMath.LogGamma(count + 1)))
            {
                return count;
            }
        }
    }

    private static double Inverted(double u, double rate)
    {
        double term = Math.Exp(-rate), count = 0;
        while (u > term && count < 200)
        {
            u -= term;
            term *= rate / ++count;
        }
        return count;
    }

    private static (ulong First, ulong Second) Bits(RandomKey key, ulong attempt, long block)
    {
        ulong k = key.Key ^ (AttemptTag + attempt);
        uint[] words =
            RandomOracle.Philox([(uint)block, (uint)(block >> 32), (uint)key.Stream, (uint)(key.Stream >> 32)], [(uint)k, (uint)(k >> 32)]);
        return (words[0] | ((ulong)words[1] << 32), words[2] | ((ulong)words[3] << 32));
    }

    private static double Uniform(ulong bits) => ((bits >> 12) + 0.5) / 4503599627370496.0;

    private static double Normal(ulong radius, ulong angle)
    {
        double u = ((radius >> 1) + 0.5) / 9223372036854775808.0;
        double turn = Math.PI / 2 * ((long)((angle << 2) | 2) / 18446744073709551616.0);
        double draw = Math.Sqrt(-2 * Math.Log(u)) * (angle >> 63 == 1 ? Math.Sin(turn) : Math.Cos(turn));
        return ((angle >> 62) & 1) == 1 ? -draw : draw;
    }
}
