using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>Logarithms of sums, differences and probabilities that keep their digits.</summary>
/// <remarks>Computed in double precision whatever the element type; integers become reals of the default precision.</remarks>
public static class LogarithmFunctions
{
    extension(Tensor x)
    {
        /// <summary>log(1 - eˣ) for x of 0 or below; -∞ at 0.</summary>
        public Tensor Log1mExp() => Map<ScalarMap<Log1mExpFunction>>.Of(x);

        /// <summary>log(eˣ + e^other) without overflow; broadcasts.</summary>
        public Tensor LogAddExp(Tensor other) => Zip<ScalarZip<LogAddExpFunction>>.Of(x, other);

        /// <summary>sin(πx) / (πx), 1 at 0.</summary>
        public Tensor Sinc() => Map<ScalarMap<SincFunction>>.Of(x);
    }

    private readonly struct Log1mExpFunction : IScalarFunction
    {
        public static string Name => "log1mexp";

        public static double Of(double x) => RealFunctions.Log1mExp(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy.ZeroOver((-x).Expm1());
    }

    private readonly struct LogAddExpFunction : IScalarFunction2
    {
        public static string Name => "logaddexp";

        public static double Of(double a, double b) =>
            double.IsInfinity(a) && a == b ? a : Math.Max(a, b) + RealFunctions.Log1p(Math.Exp(-Math.Abs(a - b)));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => dy * (input == 0 ? a - b : b - a).Sigmoid();
    }

    private readonly struct SincFunction : IScalarFunction
    {
        public static string Name => "sinc";

        public static double Of(double x) => x == 0 ? 1 : RealFunctions.SinPi(x) / (Math.PI * x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ((Math.PI * x).Cos() - y) / Tensor.Where(x.EqualTo(0), 1, x);
    }
}
