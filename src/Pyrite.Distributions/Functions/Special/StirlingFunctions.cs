namespace Pyrite.Functions.Special;

/// <summary>What is left of log Γ and ψ when the large terms of Stirling's formula are taken out, so that entropies of large shapes can cancel those
/// by hand.</summary>
/// <remarks>log Γ(x) = (x - ½) log x - x + ½ log 2π + S(x) and ψ(x) = log x - 1 / 2x + S′(x) for all x above 0 (DLMF 5.11).</remarks>
internal static class StirlingFunctions
{
    extension(Tensor x)
    {
        /// <summary>S(x), which goes to 0 like 1 / 12x.</summary>
        public Tensor StirlingRest() => ScalarFunctions.Of<RestFunction>(x);

        /// <summary>S′(x), which goes to 0 like -1 / 12x².</summary>
        public Tensor StirlingRestSlope() => ScalarFunctions.Of<SlopeFunction>(x);

        /// <summary>S″(x), which goes to 0 like 1 / 6x³.</summary>
        public Tensor StirlingRestBend() => ScalarFunctions.Of<BendFunction>(x);
    }

    private readonly struct RestFunction : IScalarFunction
    {
        public static string Name => "stirling rest";

        public static double Of(double x) => SpecialFunctions.StirlingCorrection(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.StirlingRestSlope();
    }

    private readonly struct SlopeFunction : IScalarFunction
    {
        public static string Name => "stirling rest slope";

        public static double Of(double x) => SpecialFunctions.StirlingCorrectionSlope(x, 1);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.StirlingRestBend();
    }

    private readonly struct BendFunction : IScalarFunction
    {
        public static string Name => "stirling rest bend";

        public static double Of(double x) => SpecialFunctions.StirlingCorrectionSlope(x, 2);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ScalarFunctions.Of<TwistFunction>(x);
    }

    private readonly struct TwistFunction : IScalarFunction
    {
        public static string Name => "stirling rest twist";

        public static double Of(double x) => SpecialFunctions.StirlingCorrectionSlope(x, 3);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            throw new NotSupportedException("Fourth derivatives of the rest of Stirling's formula are not available.");
    }
}
