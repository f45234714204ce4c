using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>The regularized incomplete gamma functions: distribution functions of Gamma and Poisson variables.</summary>
/// <remarks>Computed in double precision whatever the element type; integers become reals of the default precision.</remarks>
public static class IncompleteGamma
{
    extension(Tensor a)
    {
        /// <summary>P(a, x): the chance that a Gamma variable of shape a and rate 1 is at most x.</summary>
        /// <remarks>Differentiable twice in a, and as often as wanted in x.</remarks>
        public Tensor GammaLower(Tensor x) => Zip<ScalarZip<LowerFunction>>.Of(a, x);

        /// <summary>Q(a, x) = 1 - P(a, x), exact in its own tail.</summary>
        /// <remarks>Differentiable twice in a, and as often as wanted in x.</remarks>
        public Tensor GammaUpper(Tensor x) => Zip<ScalarZip<UpperFunction>>.Of(a, x);

        /// <summary>log P(a, x), also where P(a, x) underflows.</summary>
        public Tensor LogGammaLower(Tensor x) => Zip<ScalarZip<LogLowerFunction>>.Of(a, x);

        /// <summary>log Q(a, x), also where Q(a, x) underflows.</summary>
        public Tensor LogGammaUpper(Tensor x) => Zip<ScalarZip<LogUpperFunction>>.Of(a, x);

        /// <summary>The x with P(a, x) = p.</summary>
        public Tensor GammaLowerInverse(Tensor p) => Zip<ScalarZip<InverseFunction>>.Of(a, p);

        /// <summary>The x with Q(a, x) = q.</summary>
        public Tensor GammaUpperInverse(Tensor q) => Zip<ScalarZip<UpperInverseFunction>>.Of(a, q);

        /// <summary>∂P(a, x)/∂a.</summary>
        internal Tensor GammaLowerByShape(Tensor x) => Zip<ScalarZip<ByShapeFunction>>.Of(a, x);

        /// <summary>∂²P(a, x)/∂a².</summary>
        internal Tensor GammaLowerByShapeTwice(Tensor x) => Zip<ScalarZip<ByShapeTwiceFunction>>.Of(a, x);
    }

    private readonly struct LowerFunction : IScalarFunction2
    {
        public static string Name => "gammainc";

        public static double Of(double a, double b) => IncompleteGammaMath.Lower(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? a.GammaLowerByShape(b) : Density(a, b));
    }

    private readonly struct UpperFunction : IScalarFunction2
    {
        public static string Name => "gammaincc";

        public static double Of(double a, double b) => IncompleteGammaMath.Upper(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            -dy * (input == 0 ? a.GammaLowerByShape(b) : Density(a, b));
    }

    private readonly struct LogLowerFunction : IScalarFunction2
    {
        public static string Name => "log gammainc";

        public static double Of(double a, double b) => IncompleteGammaMath.LogLower(a, b).Log;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? Zip<ScalarZip<LogLowerByShapeFunction>>.Of(a, b) : (LogDensity(a, b) - y).Exp());
    }

    private readonly struct LogUpperFunction : IScalarFunction2
    {
        public static string Name => "log gammaincc";

        public static double Of(double a, double b) => IncompleteGammaMath.LogUpper(a, b).Log;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? Zip<ScalarZip<LogUpperByShapeFunction>>.Of(a, b) : -(LogDensity(a, b) - y).Exp());
    }

    /// <summary>∂P/∂a over P.</summary>
    private readonly struct LogLowerByShapeFunction : IScalarFunction2
    {
        public static string Name => "log gammainc by shape";

        public static double Of(double a, double b) => IncompleteGammaMath.LogLower(a, b).ByShape;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor log = a.LogGammaLower(b);
            return dy
                * (input == 0
                    ? (a.GammaLowerByShapeTwice(b) / log.Exp()) - y.Square()
                    : (LogDensity(a, b) - log).Exp() * (LogDensityByShape(a, b) - y));
        }
    }

    /// <summary>∂Q/∂a over Q.</summary>
    private readonly struct LogUpperByShapeFunction : IScalarFunction2
    {
        public static string Name => "log gammaincc by shape";

        public static double Of(double a, double b) => IncompleteGammaMath.LogUpper(a, b).ByShape;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor log = a.LogGammaUpper(b);
            return -dy
                * (input == 0
                    ? (a.GammaLowerByShapeTwice(b) / log.Exp()) + y.Square()
                    : (LogDensity(a, b) - log).Exp() * (LogDensityByShape(a, b) - y));
        }
    }

    private readonly struct InverseFunction : IScalarFunction2
    {
        public static string Name => "gammaincinv";

        public static double Of(double a, double b) => IncompleteGammaMath.Inverse(a, b, 1 - b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            input == 0 ? -dy * a.GammaLowerByShape(y) / Density(a, y) : dy / Density(a, y);
    }

    private readonly struct UpperInverseFunction : IScalarFunction2
    {
        public static string Name => "gammainccinv";

        public static double Of(double a, double b) => IncompleteGammaMath.Inverse(a, 1 - b, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            input == 0 ? -dy * a.GammaLowerByShape(y) / Density(a, y) : -dy / Density(a, y);
    }

    private readonly struct ByShapeFunction : IScalarFunction2
    {
        public static string Name => "gammainc by shape";

        public static double Of(double a, double b) => IncompleteGammaMath.LowerByShape(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? a.GammaLowerByShapeTwice(b) : Density(a, b) * LogDensityByShape(a, b));
    }

    private readonly struct ByShapeTwiceFunction : IScalarFunction2
    {
        public static string Name => "gammainc by shape twice";

        public static double Of(double a, double b) => IncompleteGammaMath.LowerByShapeTwice(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 1
            ? dy * Density(a, b) * (LogDensityByShape(a, b).Square() - a.Trigamma())
            : throw new NotSupportedException("Third derivatives of the incomplete gamma function in its shape are not available; second ones are.");
    }

    private static Tensor LogDensityByShape(Tensor a, Tensor x) => a.LogGammaExcess(x);

    private static Tensor Density(Tensor a, Tensor x) => a.GammaDensityAt(x);

    private static Tensor LogDensity(Tensor a, Tensor x) => a.LogGammaDensityAt(x);
}
