namespace Pyrite.Functions.Special;

/// <summary>Circular variance and entropy of von Mises angles, exact also where the mean resultant length is 1 in all digits.</summary>
internal static class VonMisesMoments
{
    extension(Tensor concentration)
    {
        /// <summary>1 - A, with the mean resultant length A = I₁ / I₀.</summary>
        public Tensor VonMisesVariance() => ScalarFunctions.Of<VarianceFunction>(concentration);

        /// <summary>A′.</summary>
        public Tensor VonMisesResultantSlope() => ScalarFunctions.Of<ResultantSlopeFunction>(concentration);

        /// <summary>concentration (1 - A) + log(2π I₀ e^(-concentration)).</summary>
        public Tensor VonMisesEntropy() => ScalarFunctions.Of<EntropyFunction>(concentration);
    }

    private readonly struct VarianceFunction : IScalarFunction
    {
        public static string Name => "von mises variance";

        public static double Of(double x) => VonMisesMath.Complement(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * ScalarFunctions.Of<ResultantSlopeFunction>(x);
    }

    private readonly struct EntropyFunction : IScalarFunction
    {
        public static string Name => "von mises entropy";

        public static double Of(double x) => (x * VonMisesMath.Complement(x)) + Math.Log(2 * Math.PI * SpecialFunctions.BesselI0Scaled(x));

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * x * ScalarFunctions.Of<ResultantSlopeFunction>(x);
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
