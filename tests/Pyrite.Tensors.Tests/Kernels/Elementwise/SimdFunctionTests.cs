using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels;

/// <summary>Vector functions against the runtime's functions of single numbers in double precision, which are within 1 unit in the last
/// place.</summary>
public sealed class SimdFunctionTests
{
    private static readonly double[] Specials =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1e-10, -1e-10, 1e-40, -1e-40, 1e-45, 1e-310, -1e-310, double.Epsilon, 2, -2, 10, -10, 17.3, -17.3, 36.5, -36.5,
            87.3, -87.3,
        88.7, 88.73, 89, -88, -103.2, -103.9, -104, -110, 708, -708, 709.7, 709.79, -745, -745.2, 800, -800, 8191, -8191, 1e5, 600000, -600000, 1e18,
            1e30, 3e38, -3e38, 1e308, -1e308,
        Math.PI, -Math.PI / 2, 0.7071, 0.70711, 1.4142, 1.41422, 0.5499999, 0.5500001, -0.55, double.NaN, double.PositiveInfinity,
            double.NegativeInfinity,
    ];

    [Fact]
    public void Exp_is_exact_to_two_units() => Check<ExpFunction>(Math.Exp, -110, 90, 2, 2);

    [Fact]
    public void Log_is_exact_to_two_units() => Check<LogFunction>(Math.Log, 0, 4, 2, 2);

    [Fact]
    public void Log2_is_exact_to_two_units() => Check<Log2Function>(Math.Log2, 0, 4, 2, 3);

    [Fact]
    public void Log10_is_exact_to_two_units() => Check<Log10Function>(Math.Log10, 0, 4, 2, 3);

    [Fact]
    public void Exp2_is_exact_to_two_units() => Check<Exp2Function>(x => Math.Pow(2, x), -151, 130, 2, 2);

    [Fact]
    public void Powers_of_two_are_exact()
    {
        double[] x = [.. Enumerable.Range(-1074, 2098)];
        double[] y = new double[x.Length];
        SimdMap.Run<Exp2Function, double>(x, y);
        Assert.Equal(x.Select(n => Math.ScaleB(1, (int)n)), y);
        SimdMap.Run<Log2Function, double>(y, y);
        Assert.Equal(x, y);
    }

    [Fact]
    public void Tanh_is_exact_to_two_units() => Check<TanhFunction>(Math.Tanh, -4, 4, 2, 3);

    [Fact]
    public void Sigmoid_is_exact_to_two_units() =>
        Check<SigmoidFunction>(x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), -30, 30, 2, 4);

    [Fact]
    public void Sin_is_exact_to_two_units() => Check<SinFunction>(Math.Sin, -100, 100, 2, 2.5);

    [Fact]
    public void Cos_is_exact_to_two_units() => Check<CosFunction>(Math.Cos, -100, 100, 2, 2.5);

    [Fact]
    public void Log_of_one_plus_is_exact_to_two_units() => Check<Log1pFunction>(Special.RealFunctions.Log1p, -1, 2, 2, 5);

    [Fact]
    public void Exp_minus_one_is_exact_to_two_units() => Check<Expm1Function>(Expm1, -3, 3, 2, 5);

    [Fact]
    public void Softplus_is_exact_to_three_units() =>
        Check<SoftplusFunction>(x => Math.Max(x, 0) + Special.RealFunctions.Log1p(Math.Exp(-Math.Abs(x))), -20, 20, 3, 6);

    [Fact]
    public void Silu_is_exact_to_four_units_of_normal_numbers() => Check<SiluFunction>(
        x => x * (x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x))), -30, 30, 4, 6, allowedBelowNormal: 1000);

    /// <summary>By the series where Kahan's trick would be as inexact as what it checks.</summary>
    private static double Expm1(double x)
    {
        if (!(Math.Abs(x) < 0.5))
        {
            return Math.Exp(x) - 1;
        }
        double sum = 0;
        for (int k = 20; k >= 1; k--)
        {
            sum = (sum + 1) * x / k;
        }
        return x == 0 ? x : sum;
    }

    private static void Check<TFunction>(Func<double, double> oracle, double from, double to, double allowedSingle, double allowedDouble,
        double? allowedBelowNormal = null)
        where TFunction : struct, ISimdFunction
    {
        System.Random random = new(5);
        double[] x = new double[4000];
        for (int i = 0; i < x.Length; i++)
        {
            double spread = from + ((to - from) * random.NextDouble());
            x[i] = i < Specials.Length ? Specials[i] : i % 2 == 0 ? spread : spread * Math.Pow(10, -6 * random.NextDouble());
        }
        double[] y = new double[x.Length];
        SimdMap.Run<TFunction, double>(x, y);
        float[] single = Array.ConvertAll(x, value => (float)value);
        float[] singleResult = new float[x.Length];
        SimdMap.Run<TFunction, float>(single, singleResult);
        for (int i = 0; i < x.Length; i++)
        {
            bool isTiny = Math.Abs(oracle(x[i])) < 1e-300;
            UnitsInLastPlace.Assert(y[i], oracle(x[i]), isTiny ? allowedBelowNormal ?? allowedDouble : allowedDouble,
                $"{typeof(TFunction).Name} of {x[i]:R}");
            double want = oracle(single[i]);
            want = Math.Abs(want) > float.MaxValue ? (float)want : want;
            isTiny = Math.Abs(want) < 1e-36;
            UnitsInLastPlace.Assert(singleResult[i], want, isTiny ? allowedBelowNormal ?? allowedSingle : allowedSingle,
                $"{typeof(TFunction).Name} of {single[i]:R} in Float32");
            if (want == 0)
            {
                Assert.Equal(double.IsNegative(want), float.IsNegative(singleResult[i]));
                Assert.Equal(double.IsNegative(oracle(x[i])), double.IsNegative(y[i]));
            }
        }
    }
}
