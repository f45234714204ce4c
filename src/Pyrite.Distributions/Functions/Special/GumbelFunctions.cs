namespace Pyrite.Functions.Special;

/// <summary>Distribution function of a standard Gumbel variable, whose slope is no 0 · ∞ where exp(-z) overflows.</summary>
internal static class GumbelFunctions
{
    extension(Tensor z)
    {
        /// <summary>exp(-exp(-z)).</summary>
        public Tensor GumbelCdf() => ScalarFunctions.Of<CdfFunction>(z);

        /// <summary>1 - exp(-exp(-z)), exact in the upper tail.</summary>
        public Tensor GumbelSurvival() => ScalarFunctions.Of<SurvivalFunction>(z);

        private Tensor GumbelDensity() => ScalarFunctions.Of<DensityFunction>(z);
    }

    private readonly struct CdfFunction : IScalarFunction
    {
        public static string Name => "gumbel cdf";

        public static double Of(double x) => Math.Exp(-Math.Exp(-x));

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.GumbelDensity();
    }

    private readonly struct SurvivalFunction : IScalarFunction
    {
        public static string Name => "gumbel survival";

        public static double Of(double x) => -SpecialFunctions.Expm1(-Math.Exp(-x));

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * x.GumbelDensity();
    }

    private readonly struct DensityFunction : IScalarFunction
    {
        public static string Name => "gumbel density";

        public static double Of(double x) => double.IsInfinity(x) ? 0 : Math.Exp(-x - Math.Exp(-x));

        /// <summary>The slope e^(-2z - e^(-z)) - e^(-z - e^(-z)), as the density times a factor that is finite wherever the density is not
        /// 0.</summary>
        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * y * (Tensor.Where(y > 0, (-x).Exp(), 0) - 1);
    }
}
