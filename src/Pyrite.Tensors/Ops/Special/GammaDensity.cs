using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>The density of a Gamma variable of rate 1 as the slope of its distribution function: without the cancellation of large terms near the
/// mode.</summary>
public static class GammaDensity
{
    extension(Tensor a)
    {
        /// <summary>xᵃ⁻¹ e⁻ˣ / Γ(a).</summary>
        public Tensor GammaDensityAt(Tensor x) => Zip<ScalarZip<DensityFunction>>.Of(a, x);

        /// <summary>The logarithm of <see cref="GammaDensityAt"/>.</summary>
        public Tensor LogGammaDensityAt(Tensor x) => Zip<ScalarZip<LogDensityFunction>>.Of(a, x);

        /// <summary>log x - ψ(a), the derivative of the logarithm of the density in a.</summary>
        public Tensor LogGammaExcess(Tensor x) => Zip<ScalarZip<ExcessFunction>>.Of(a, x);
    }

    private readonly struct DensityFunction : IScalarFunction2
    {
        public static string Name => "gamma density";

        public static double Of(double a, double b) => Math.Exp(LogDensityFunction.Of(a, b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * y * (input == 0 ? a.LogGammaExcess(b) : (a - 1 - b) / b);
    }

    private readonly struct LogDensityFunction : IScalarFunction2
    {
        public static string Name => "log gamma density";

        public static double Of(double a, double b) =>
            b == 0 ? (a < 1 ? double.PositiveInfinity : a == 1 ? 0 : double.NegativeInfinity)
            : double.IsInfinity(b) ? double.NegativeInfinity
            : IncompleteGammaMath.LogLeading(a, b) + Math.Log(a) - Math.Log(b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? a.LogGammaExcess(b) : (a - 1 - b) / b);
    }

    private readonly struct ExcessFunction : IScalarFunction2
    {
        public static string Name => "log gamma excess";

        public static double Of(double a, double b) => LargeGammaMath.Excess(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? -dy * a.Trigamma() : dy / b;
    }
}
