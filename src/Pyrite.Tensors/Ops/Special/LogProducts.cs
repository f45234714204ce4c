using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>Products with logarithms in which a factor of exactly 0 wins, as probability theory wants it: 0 · log 0 = 0.</summary>
public static class LogProducts
{
    extension(Tensor x)
    {
        /// <summary>x · log(y), and 0 where x is 0; gradients likewise.</summary>
        /// <param name="y">0 or positive; broadcasts.</param>
        public Tensor XLogY(Tensor y) => Zip<ScalarZip<XLogYFunction>>.Of(x, y);

        /// <summary>x · log(1 + y), exact for small y, and 0 where x is 0; gradients likewise.</summary>
        /// <param name="y">-1 or larger; broadcasts.</param>
        public Tensor XLog1pY(Tensor y) => Zip<ScalarZip<XLog1pYFunction>>.Of(x, y);

        /// <summary>x / y, and 0 where x is 0 (also for y = 0).</summary>
        /// <param name="y">The divisor; broadcasts.</param>
        public Tensor ZeroOver(Tensor y) => Tensor.Where(x.EqualTo(0), 0, x / y);
    }

    private readonly struct XLogYFunction : IScalarFunction2
    {
        public static string Name => "xlogy";

        public static double Of(double a, double b) => a == 0 && !double.IsNaN(b) ? 0 : a * Math.Log(b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy * b.Log() : dy * a.ZeroOver(b);
    }

    private readonly struct XLog1pYFunction : IScalarFunction2
    {
        public static string Name => "xlog1py";

        public static double Of(double a, double b) => a == 0 && !double.IsNaN(b) ? 0 : a * RealFunctions.Log1p(b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy * b.Log1p() : dy * a.ZeroOver(1 + b);
    }
}
