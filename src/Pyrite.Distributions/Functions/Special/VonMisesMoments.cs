using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite.Functions.Special;

/// <summary>Circular variance and entropy of von Mises angles, exact also where the mean resultant length is 1 in all digits.</summary>
internal static class VonMisesMoments
{
    extension(Tensor concentration)
    {
        /// <summary>1 - A, with the mean resultant length A = I₁ / I₀.</summary>
        public Tensor VonMisesVariance() => Map<ScalarMap<VarianceFunction>>.Of(concentration);

        /// <summary>A′.</summary>
        public Tensor VonMisesResultantSlope() => Map<ScalarMap<ResultantSlopeFunction>>.Of(concentration);

        /// <summary>concentration (1 - A) + log(2π I₀ e^(-concentration)).</summary>
        public Tensor VonMisesEntropy() => Map<ScalarMap<EntropyFunction>>.Of(concentration);
    }

    private readonly struct VarianceFunction : IScalarFunction
    {
        public static string Name => "von mises variance";

        public static double Of(double x) => VonMisesMath.Complement(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * Map<ScalarMap<ResultantSlopeFunction>>.Of(x);
    }

    private readonly struct EntropyFunction : IScalarFunction
    {
        public static string Name => "von mises entropy";

        public static double Of(double x) => (x * VonMisesMath.Complement(x)) + Math.Log(2 * Math.PI * BesselMath.I0e(x));

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * x * Map<ScalarMap<ResultantSlopeFunction>>.Of(x);
    }

    /// <summary>A′.</summary>
    private readonly struct ResultantSlopeFunction : IScalarFunction
    {
        public static string Name => "von mises resultant slope";

        public static double Of(double x) => VonMisesMath.ResultantSlope(x);

        /// <summary>A″ = -A′ / k + A / k² - 2 A A′.</summary>
        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy)
        {
            Tensor ratio = x.BesselRatio();
            return dy * ((((ratio / x) - y) / x) - (2 * ratio * y));
        }
    }
}
