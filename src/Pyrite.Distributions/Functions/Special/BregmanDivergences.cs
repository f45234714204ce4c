using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

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
        public Tensor LogGammaGap(Tensor y) => Zip<ScalarZip<GapFunction>>.Of(x, y);

        /// <summary>x - log(1 + x), which is at least 0.</summary>
        public Tensor Log1pGap() => Map<ScalarMap<Log1pGapFunction>>.Of(x);
    }

    extension(Tensor x)
    {
        /// <summary>eˣ - 1 - x, which is at least 0.</summary>
        public Tensor ExpGap() => Map<ScalarMap<ExpGapFunction>>.Of(x);

        /// <summary>log I₀(y) - log I₀(x) - A(x) (y - x) with A = I₁ / I₀, which is at least 0.</summary>
        public Tensor LogBesselGap(Tensor y) => Zip<ScalarZip<BesselGapFunction>>.Of(x, y);
    }

    private static bool AreNear(double x, double y) => x < Near * y && y < Near * x;

    private readonly struct GapFunction : IScalarFunction2
    {
        public static string Name => "lgamma gap";

        public static double Of(double a, double b)
        {
            double way = b - a;
            return way == 0 ? 0
                : AreNear(a, b) ? way * way * GaussLegendre.Integrate(0, 1, 1, s => (1 - s) * GammaMath.Polygamma(1, a + (s * way)))
                : GammaMath.LogGamma(b) - GammaMath.LogGamma(a) - (GammaMath.Digamma(a) * way);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? (a - b) * a.Trigamma() : Zip<ScalarZip<DigammaStepFunction>>.Of(a, b));
    }

    /// <summary>ψ(b) - ψ(a).</summary>
    private readonly struct DigammaStepFunction : IScalarFunction2
    {
        public static string Name => "digamma step";

        public static double Of(double a, double b)
        {
            double way = b - a;
            return AreNear(a, b)
                ? way * GaussLegendre.Integrate(0, 1, 1, s => GammaMath.Polygamma(1, a + (s * way)))
                : GammaMath.Digamma(b) - GammaMath.Digamma(a);
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
                : Math.Log(BesselMath.I0e(b)) - Math.Log(BesselMath.I0e(a)) + (VonMisesMath.Complement(a) * way);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? (a - b) * a.VonMisesResultantSlope() : a.VonMisesVariance() - b.VonMisesVariance());
    }

    private readonly struct ExpGapFunction : IScalarFunction
    {
        public static string Name => "exp gap";

        public static double Of(double x) => RealFunctions.Expm1Minus(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Expm1();
    }

    private readonly struct Log1pGapFunction : IScalarFunction
    {
        public static string Name => "log1p gap";

        public static double Of(double x) => -RealFunctions.Log1pMinus(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x / (1 + x);
    }
}
