using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>The error function and the distribution function of the standard normal distribution.</summary>
/// <remarks>Computed in double precision whatever the element type; integers become reals of the default precision.</remarks>
public static class ErrorFunctions
{
    extension(Tensor x)
    {
        /// <summary>2/√π times the integral of exp(-t²) from 0 to x.</summary>
        public Tensor Erf() => Map<ScalarMap<ErfFunction>>.Of(x);

        /// <summary>1 - erf(x), relatively exact for large x.</summary>
        public Tensor Erfc() => Map<ScalarMap<ErfcFunction>>.Of(x);

        /// <summary>exp(x²) erfc(x), which neither overflows nor underflows for positive x.</summary>
        public Tensor Erfcx() => Map<ScalarMap<ErfcxFunction>>.Of(x);

        /// <summary>The number whose error function is x; ±∞ at ±1, NaN beyond.</summary>
        public Tensor ErfInverse() => Map<ScalarMap<ErfInverseFunction>>.Of(x);

        /// <summary>P(Z ≤ x) of a standard normal Z, relatively exact in the lower tail.</summary>
        public Tensor NormalCdf() => Map<ScalarMap<NormalCdfFunction>>.Of(x);

        /// <summary>log P(Z ≤ x) of a standard normal Z, also where the probability underflows.</summary>
        public Tensor LogNormalCdf() => Map<ScalarMap<LogNormalCdfFunction>>.Of(x);

        /// <summary>The z with P(Z ≤ z) = x of a standard normal Z; ±∞ at 0 and 1, NaN outside.</summary>
        public Tensor NormalQuantile() => Map<ScalarMap<NormalQuantileFunction>>.Of(x);

        /// <summary>φ(x) / Φ(x), the slope of <see cref="LogNormalCdf"/>.</summary>
        public Tensor InverseMills() => Map<ScalarMap<InverseMillsFunction>>.Of(x);
    }

    private readonly struct ErfFunction : IScalarFunction
    {
        public static string Name => "erf";

        public static double Of(double x) => ErrorMath.Erf(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (2 / Math.Sqrt(Math.PI)) * (-x.Square()).Exp();
    }

    private readonly struct ErfcFunction : IScalarFunction
    {
        public static string Name => "erfc";

        public static double Of(double x) => ErrorMath.Erfc(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (-2 / Math.Sqrt(Math.PI)) * (-x.Square()).Exp();
    }

    private readonly struct ErfcxFunction : IScalarFunction
    {
        public static string Name => "erfcx";

        public static double Of(double x) => ErrorMath.Erfcx(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ((2.0 * x * y) - (2 / Math.Sqrt(Math.PI)));
    }

    private readonly struct ErfInverseFunction : IScalarFunction
    {
        public static string Name => "erfinv";

        public static double Of(double x) => ErrorMath.ErfInverse(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (Math.Sqrt(Math.PI) / 2) * y.Square().Exp();
    }

    private readonly struct NormalCdfFunction : IScalarFunction
    {
        public static string Name => "normal cdf";

        public static double Of(double x) => ErrorMath.NormalCdf(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1 / Math.Sqrt(2 * Math.PI)) * (-0.5 * x.Square()).Exp();
    }

    private readonly struct LogNormalCdfFunction : IScalarFunction
    {
        public static string Name => "log normal cdf";

        public static double Of(double x) => ErrorMath.LogNormalCdf(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.InverseMills();
    }

    private readonly struct NormalQuantileFunction : IScalarFunction
    {
        public static string Name => "normal quantile";

        public static double Of(double x) => ErrorMath.NormalQuantile(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * Math.Sqrt(2 * Math.PI) * (0.5 * y.Square()).Exp();
    }

    private readonly struct InverseMillsFunction : IScalarFunction
    {
        public static string Name => "inverse Mills ratio";

        public static double Of(double x) => ErrorMath.InverseMills(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * y * (x + y);
    }
}
