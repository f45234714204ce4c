using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Testing;


namespace Pyrite.Kernels;

public sealed class WideMapTests
{
    [Fact]
    public void Log_gamma_agrees_with_the_function_of_single_numbers() => Check<LogGammaFunction>(GammaMath.LogGamma, 4e-15, 1e-15);

    /// <summary>Near the zero at 1.46 both ways subtract numbers of about 2.3, so that only the absolute error is small.</summary>
    [Fact]
    public void Digamma_agrees_with_the_function_of_single_numbers() => Check<DigammaFunction>(GammaMath.Digamma, 4e-15, 4e-15);

    [Fact]
    public void Log_gamma_keeps_its_digits_near_its_zeros()
    {
        // log Γ(1 + h) = -γ h + ζ(2) h² / 2 - …, log Γ(2 + h) = (1 - γ) h + (ζ(2) - 1) h² / 2 - …
        const double Euler = 0.57721566490153286061, Zeta2 = 1.6449340668482264365, Zeta3 = 1.2020569031595942854;
        double[] h = [.. Enumerable.Range(4, 20).SelectMany(k => (double[])[Math.ScaleB(1, -2 * k), -Math.ScaleB(1, -2 * k)])];
        double[] one = [.. h.Select(step => 1 + step)];
        double[] two = [.. h.Select(step => 2 + step)];
        WideMap.Run<LogGammaFunction, double>(one, one);
        WideMap.Run<LogGammaFunction, double>(two, two);
        for (int i = 0; i < h.Length; i++)
        {
            double cube = h[i] * h[i] * h[i] / 3;
            double quartic = h[i] * h[i] * h[i] * h[i] / 4;
            Assert.Equal(1, one[i] / ((-Euler * h[i]) + (Zeta2 * h[i] * h[i] / 2) - (Zeta3 * cube) + (1.0823 * quartic)), 1e-10);
            Assert.Equal(1, two[i] / (((1 - Euler) * h[i]) + ((Zeta2 - 1) * h[i] * h[i] / 2) - ((Zeta3 - 1) * cube) + (0.0823 * quartic)), 1e-10);
        }
    }

    private static void Check<TFunction>(Func<double, double> oracle, double relative, double absolute)
        where TFunction : struct, IDoubleFunction
    {
        double[] specials =
        [
            0, -0.0, -1, -2, -0.5, -3.7, 1e-320, 1e-300, 1e-291, 1e-10, 0.49, 0.5, 1, 1.5, 2, 2.5, 9.99, 10, 10.01, 1e10, 1e299, 1e305,
            double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        ];
        System.Random random = new(2);
        for (int length = 0; length <= 70; length++)
        {
            double[] x = new double[length];
            for (int i = 0; i < length; i++)
            {
                x[i] = random.Next(4) == 0 ? specials[random.Next(specials.Length)] : random.NextDouble() * (length % 2 == 0 ? 3 : 30);
            }
            double[] y = new double[length];
            WideMap.Run<TFunction, double>(x, y);
            float[] single = Array.ConvertAll(x, value => (float)value);
            float[] singleResult = new float[length];
            WideMap.Run<TFunction, float>(single, singleResult);
            for (int i = 0; i < length; i++)
            {
                Close.Assert(y[i], oracle(x[i]), relative, absolute, $"{typeof(TFunction).Name} of {x[i]:R}");
                Close.Assert(singleResult[i], (float)oracle(single[i]), 2e-7, absolute, $"{typeof(TFunction).Name} of {single[i]:R} in Float32");
            }
        }
    }
}
