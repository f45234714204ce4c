namespace Pyrite.Functions.Special;

/// <summary>Second differences of log Γ, from which variances of powers are made: exact also for steps so small that the terms agree in all
/// digits.</summary>
internal static class GammaSteps
{
    /// <summary>From here on x is far enough from the step for the plain difference: it loses three digits at most.</summary>
    private const double SeriesBelow = 0.02;

    private const int Terms = 14;

    extension(Tensor x)
    {
        /// <summary>log Γ(x + 2 step) - 2 log Γ(x + step) + log Γ(x).</summary>
        public Tensor LogGammaBend(Tensor step) => ScalarFunctions.Of<BendFunction>(x, step);
    }

    /// <summary>Σ (2ᵏ - 2) / k! · stepᵏ ψ⁽ᵏ⁻¹⁺ᵒʳᵈᵉʳ⁾(x), the Taylor series of the bend's derivative of an order in x.</summary>
    private static double Series(double x, double step, int order, bool byStep)
    {
        double sum = 0;
        double power = byStep ? 1 : step;
        double factorial = 1;
        for (int k = 2; k < Terms; k++)
        {
            power *= step;
            factorial *= byStep ? k - 1 : k;
            sum += (Math.Pow(2, k) - 2) / factorial * power * SpecialFunctions.Polygamma(k - 1 + order, x);
        }
        return sum;
    }

    private readonly struct BendFunction : IScalarFunction2
    {
        public static string Name => "lgamma bend";

        public static double Of(double a, double b) => b < SeriesBelow * a
            ? Series(a, b, 0, byStep: false)
            : SpecialFunctions.LogGamma(a + (2 * b)) - (2 * SpecialFunctions.LogGamma(a + b)) + SpecialFunctions.LogGamma(a);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? ScalarFunctions.Of<ByPointFunction>(a, b) : ScalarFunctions.Of<ByStepFunction>(a, b));
    }

    private readonly struct ByPointFunction : IScalarFunction2
    {
        public static string Name => "lgamma bend by point";

        public static double Of(double a, double b) => b < SeriesBelow * a
            ? Series(a, b, 1, byStep: false)
            : SpecialFunctions.Digamma(a + (2 * b)) - (2 * SpecialFunctions.Digamma(a + b)) + SpecialFunctions.Digamma(a);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor far = (a + (2 * b)).Trigamma();
            Tensor near = (a + b).Trigamma();
            return dy * (input == 0 ? far - (2 * near) + a.Trigamma() : 2 * (far - near));
        }
    }

    private readonly struct ByStepFunction : IScalarFunction2
    {
        public static string Name => "lgamma bend by step";

        public static double Of(double a, double b) => b < SeriesBelow * a
            ? Series(a, b, 0, byStep: true)
            : 2 * (SpecialFunctions.Digamma(a + (2 * b)) - SpecialFunctions.Digamma(a + b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor far = (a + (2 * b)).Trigamma();
            Tensor near = (a + b).Trigamma();
            return dy * (input == 0 ? 2 * (far - near) : (4 * far) - (2 * near));
        }
    }
}
