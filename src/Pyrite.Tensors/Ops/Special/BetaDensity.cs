using Pyrite.Kernels.Special;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>The density of a Beta variable as the slope of its distribution function: without the cancellation of large terms near the
/// mode.</summary>
public static class BetaDensity
{
    extension(Tensor)
    {
        /// <summary>xᵃ⁻¹ (1 - x)ᵇ⁻¹ / B(a, b).</summary>
        public static Tensor BetaDensityAt(Tensor a, Tensor b, Tensor x) => ScalarTriple<DensityFunction>.Of(a, b, x);

        /// <summary>The logarithm of the density of the odds x / (1 - x).</summary>
        public static Tensor LogBetaOddsDensity(Tensor a, Tensor b, Tensor odds) => ScalarTriple<LogOddsDensityFunction>.Of(a, b, odds);

        /// <summary>log x - ψ(a) + ψ(a + b), the derivative of the logarithm of the density in a.</summary>
        public static Tensor LogBetaExcess(Tensor a, Tensor b, Tensor x) => ScalarTriple<ExcessFunction>.Of(a, b, x);

        /// <summary>log(1 - x) - ψ(b) + ψ(a + b), the derivative of the logarithm of the density in b.</summary>
        public static Tensor LogBetaRestExcess(Tensor a, Tensor b, Tensor x) => ScalarTriple<RestExcessFunction>.Of(a, b, x);
    }

    /// <summary>Odds as a share and its complement, both relatively exact.</summary>
    public static (double X, double Y) Shares(double odds) =>
        double.IsPositiveInfinity(odds) ? (1, 0) : (odds < 1 ? odds / (1 + odds) : 1 / (1 + (1 / odds)), 1 / (1 + odds));

    /// <summary>The logarithm of the power of a shape that is left at a border, where the other factors are 1: ∞, that of a shape of 1, or
    /// -∞.</summary>
    private static double AtBorder(double shape) => shape < 1 ? double.PositiveInfinity : shape == 1 ? 0 : double.NegativeInfinity;

    private readonly struct DensityFunction : IScalarFunction3
    {
        public static string Name => "beta density";

        public static double Of(double a, double b, double c) =>
            c == 0 ? Math.Exp(AtBorder(a)) * (a == 1 ? b : 1)
            : c == 1 ? Math.Exp(AtBorder(b)) * (b == 1 ? a : 1)
            : Math.Exp(IncompleteBetaMath.LogLeading(a, b, c, 1 - c)) / c / (1 - c);

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * y * input switch
        {
            0 => Tensor.LogBetaExcess(inputs[0], inputs[1], inputs[2]),
            1 => Tensor.LogBetaRestExcess(inputs[0], inputs[1], inputs[2]),
            _ => (inputs[0] - 1).ZeroOver(inputs[2]) - (inputs[1] - 1).ZeroOver(1 - inputs[2]),
        };
    }

    private readonly struct LogOddsDensityFunction : IScalarFunction3
    {
        public static string Name => "log beta odds density";

        public static double Of(double a, double b, double c)
        {
            (double x, double y) = Shares(c);
            return c == 0
                ? AtBorder(a) + (a == 1 ? Math.Log(b) : 0)
                : y == 0 ? double.NegativeInfinity : IncompleteBetaMath.LogLeading(a, b, x, y) - Math.Log(c);
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            (Tensor a, Tensor b, Tensor odds) = (inputs[0], inputs[1], inputs[2]);
            return dy * input switch
            {
                0 => Tensor.LogBetaExcess(a, b, odds / (1 + odds)),
                1 => Tensor.LogBetaRestExcess(a, b, odds / (1 + odds)),
                _ => (a - 1).ZeroOver(odds) - ((a + b) / (1 + odds)),
            };
        }
    }

    private readonly struct ExcessFunction : IScalarFunction3
    {
        public static string Name => "log beta excess";

        public static double Of(double a, double b, double c) => LargeBetaMath.Excess(a, b, c, 1 - c).ByA;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * input switch
        {
            0 => (inputs[0] + inputs[1]).Trigamma() - inputs[0].Trigamma(),
            1 => (inputs[0] + inputs[1]).Trigamma(),
            _ => 1 / inputs[2],
        };
    }

    private readonly struct RestExcessFunction : IScalarFunction3
    {
        public static string Name => "log beta rest excess";

        public static double Of(double a, double b, double c) => LargeBetaMath.Excess(a, b, c, 1 - c).ByB;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * input switch
        {
            0 => (inputs[0] + inputs[1]).Trigamma(),
            1 => (inputs[0] + inputs[1]).Trigamma() - inputs[1].Trigamma(),
            _ => -1 / (1 - inputs[2]),
        };
    }
}
