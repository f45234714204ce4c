using Pyrite.Kernels.Special;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>The regularized incomplete beta function: the distribution function of Beta, Student, F and Binomial variables.</summary>
/// <remarks>Computed in double precision whatever the element type; integers become reals of the default precision.</remarks>
public static class IncompleteBeta
{
    /// <summary>I_x(a, b): the chance that a Beta(a, b) variable is at most x.</summary>
    /// <remarks>Differentiable twice in a and b, and as often as wanted in x.</remarks>
    public static Tensor Lower(Tensor a, Tensor b, Tensor x) => ScalarTriple<LowerFunction>.Of(a, b, x);

    /// <summary>1 - I_x(a, b), exact in its own tail.</summary>
    /// <remarks>Differentiable twice in a and b, and as often as wanted in x.</remarks>
    public static Tensor Upper(Tensor a, Tensor b, Tensor x) => ScalarTriple<UpperFunction>.Of(a, b, x);

    /// <summary>The x with I_x(a, b) = p.</summary>
    public static Tensor Inverse(Tensor a, Tensor b, Tensor p) => ScalarTriple<InverseFunction>.Of(a, b, p);

    extension(Tensor)
    {
        /// <summary>∂I/∂a.</summary>
        public static Tensor BetaLowerByFirst(Tensor a, Tensor b, Tensor x) => ScalarTriple<ByFirstFunction>.Of(a, b, x);

        /// <summary>∂I/∂b.</summary>
        public static Tensor BetaLowerBySecond(Tensor a, Tensor b, Tensor x) => ScalarTriple<BySecondFunction>.Of(a, b, x);

        /// <summary>∂²I/∂a².</summary>
        public static Tensor BetaLowerByFirstTwice(Tensor a, Tensor b, Tensor x) => ScalarTriple<ByFirstTwiceFunction>.Of(a, b, x);

        /// <summary>∂²I/∂a∂b.</summary>
        public static Tensor BetaLowerByBoth(Tensor a, Tensor b, Tensor x) => ScalarTriple<ByBothFunction>.Of(a, b, x);

        /// <summary>∂²I/∂b².</summary>
        public static Tensor BetaLowerBySecondTwice(Tensor a, Tensor b, Tensor x) => ScalarTriple<BySecondTwiceFunction>.Of(a, b, x);
    }

    private static Tensor Density(Tensor a, Tensor b, Tensor x) => Tensor.BetaDensityAt(a, b, x);

    private static Tensor Slope(ReadOnlySpan<Tensor> inputs, Tensor x, int input) => input switch
    {
        0 => Tensor.BetaLowerByFirst(inputs[0], inputs[1], x),
        1 => Tensor.BetaLowerBySecond(inputs[0], inputs[1], x),
        _ => Density(inputs[0], inputs[1], x),
    };

    private readonly struct LowerFunction : IScalarFunction3
    {
        public static string Name => "betainc";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.Both(a, b, c, 1 - c).Lower;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope(inputs, inputs[2], input);
    }

    private readonly struct UpperFunction : IScalarFunction3
    {
        public static string Name => "betaincc";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.Both(a, b, c, 1 - c).Upper;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => -dy * Slope(inputs, inputs[2], input);
    }

    private readonly struct InverseFunction : IScalarFunction3
    {
        public static string Name => "betaincinv";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.Inverse(a, b, c, 1 - c).X;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) =>
            (input == 2 ? dy : -dy * Slope(inputs, y, input)) / Density(inputs[0], inputs[1], y);
    }

    /// <summary>∂ log density / ∂a or ∂b.</summary>
    private static Tensor LogDensityByShape(ReadOnlySpan<Tensor> inputs, bool first) =>
        first ? Tensor.LogBetaExcess(inputs[0], inputs[1], inputs[2]) : Tensor.LogBetaRestExcess(inputs[0], inputs[1], inputs[2]);

    private readonly struct ByFirstFunction : IScalarFunction3
    {
        public static string Name => "betainc by a";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.ByShapes(a, b, c).ByA;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * input switch
        {
            0 => Tensor.BetaLowerByFirstTwice(inputs[0], inputs[1], inputs[2]),
            1 => Tensor.BetaLowerByBoth(inputs[0], inputs[1], inputs[2]),
            _ => Density(inputs[0], inputs[1], inputs[2]) * LogDensityByShape(inputs, first: true),
        };
    }

    private readonly struct BySecondFunction : IScalarFunction3
    {
        public static string Name => "betainc by b";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.ByShapes(a, b, c).ByB;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * input switch
        {
            0 => Tensor.BetaLowerByBoth(inputs[0], inputs[1], inputs[2]),
            1 => Tensor.BetaLowerBySecondTwice(inputs[0], inputs[1], inputs[2]),
            _ => Density(inputs[0], inputs[1], inputs[2]) * LogDensityByShape(inputs, first: false),
        };
    }

    private readonly struct ByFirstTwiceFunction : IScalarFunction3
    {
        public static string Name => "betainc by a twice";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.ByShapesTwice(a, b, c).ByAA;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => input == 2
            ? dy * Density(inputs[0], inputs[1], inputs[2])
                * (LogDensityByShape(inputs, first: true).Square() + (inputs[0] + inputs[1]).Trigamma() - inputs[0].Trigamma())
            : throw NoThirdDerivative();
    }

    private readonly struct ByBothFunction : IScalarFunction3
    {
        public static string Name => "betainc by a and b";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.ByShapesTwice(a, b, c).ByAB;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => input == 2
            ? dy * Density(inputs[0], inputs[1], inputs[2])
                * ((LogDensityByShape(inputs, first: true) * LogDensityByShape(inputs, first: false)) + (inputs[0] + inputs[1]).Trigamma())
            : throw NoThirdDerivative();
    }

    private readonly struct BySecondTwiceFunction : IScalarFunction3
    {
        public static string Name => "betainc by b twice";

        public static double Of(double a, double b, double c) => IncompleteBetaMath.ByShapesTwice(a, b, c).ByBB;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => input == 2
            ? dy * Density(inputs[0], inputs[1], inputs[2])
                * (LogDensityByShape(inputs, first: false).Square() + (inputs[0] + inputs[1]).Trigamma() - inputs[1].Trigamma())
            : throw NoThirdDerivative();
    }

    private static NotSupportedException NoThirdDerivative() =>
        new("Third derivatives of the incomplete beta function in its shapes are not available; second ones are.");
}
