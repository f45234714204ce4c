using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Special;

/// <summary>What convex functions exceed their tangents by, from which divergences are made: exact also where both points agree in most of their
/// digits.</summary>
internal static class BregmanDivergences
{
    /// <summary>Within this factor of each other the tangent's excess is an integral over the short way between the points.</summary>
    private const double Near = 1.5;

    extension(Tensor x)
    {
        /// <summary>log Γ(y) - log Γ(x) - ψ(x) (y - x), which is at least 0.</summary>
        public Tensor LogGammaGap(Tensor y) => ScalarFunctions.Of<GapFunction>(x, y);

        /// <summary>x - log(1 + x), which is at least 0.</summary>
        public Tensor Log1pGap() => ScalarFunctions.Of<Log1pGapFunction>(x);
    }

    extension(Tensor x)
    {
        /// <summary>eˣ - 1 - x, which is at least 0.</summary>
        public Tensor ExpGap() => ScalarFunctions.Of<ExpGapFunction>(x);

        /// <summary>log I₀(y) - log I₀(x) - A(x) (y - x) with A = I₁ / I₀, which is at least 0.</summary>
        public Tensor LogBesselGap(Tensor y) => ScalarFunctions.Of<BesselGapFunction>(x, y);
    }

    private static bool AreNear(double x, double y) => x < Near * y && y < Near * x;

    private readonly struct GapFunction : IScalarFunction2
    {
        public static string Name => "lgamma gap";

        public static double Of(double a, double b)
        {
            double way = b - a;
            return way == 0 ? 0
                : AreNear(a, b) ? way * way * GaussLegendre.Integrate(0, 1, 1, s => (1 - s) * SpecialFunctions.Polygamma(1, a + (s * way)))
                : SpecialFunctions.LogGamma(b) - SpecialFunctions.LogGamma(a) - (SpecialFunctions.Digamma(a) * way);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? (a - b) * a.Trigamma() : ScalarFunctions.Of<DigammaStepFunction>(a, b));
    }

    /// <summary>ψ(b) - ψ(a).</summary>
    private readonly struct DigammaStepFunction : IScalarFunction2
    {
        public static string Name => "digamma step";

        public static double Of(double a, double b)
        {
            double way = b - a;
            return AreNear(a, b)
                ? way * GaussLegendre.Integrate(0, 1, 1, s => SpecialFunctions.Polygamma(1, a + (s * way)))
                : SpecialFunctions.Digamma(b) - SpecialFunctions.Digamma(a);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? -dy * a.Trigamma() : dy * b.Trigamma();
    }

    private readonly struct BesselGapFunction : IScalarFunction2
    {
        public static string Name => "log i0 gap";

        public static double Of(double a, double b)
        {
            double way = b - a;
            return way == 0 ? 0
                : AreNear(a, b) ? way * way * GaussLegendre.Integrate(0, 1, 1, s => (1 - s) * VonMisesMath.ResultantSlope(a + (s * way)))
                : Math.Log(SpecialFunctions.BesselI0Scaled(b)) - Math.Log(SpecialFunctions.BesselI0Scaled(a)) + (VonMisesMath.Complement(a) * way);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? (a - b) * a.VonMisesResultantSlope() : a.VonMisesVariance() - b.VonMisesVariance());
    }

    private readonly struct ExpGapFunction : IScalarFunction
    {
        public static string Name => "exp gap";

        public static double Of(double x) => SpecialFunctions.Expm1Minus(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Expm1();
    }

    private readonly struct Log1pGapFunction : IScalarFunction
    {
        public static string Name => "log1p gap";

        public static double Of(double x) => -SpecialFunctions.Log1pMinus(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x / (1 + x);
    }
}
