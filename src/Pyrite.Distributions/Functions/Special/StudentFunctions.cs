namespace Pyrite.Functions.Special;

/// <summary>Distribution function and quantiles of a standard Student variable.</summary>
internal static class StudentFunctions
{
    extension(Tensor df)
    {
        /// <summary>P(T ≤ t), exact in the lower tail.</summary>
        public Tensor StudentCdf(Tensor t) => ScalarFunctions.Of<CdfFunction>(df, t);

        /// <summary>P(|T| ≤ t) for t of at least 0, exact for small t.</summary>
        public Tensor StudentCentre(Tensor t) => ScalarFunctions.Of<CentreFunction>(df, t);

        /// <summary>The entropy.</summary>
        public Tensor StudentEntropy() => ScalarFunctions.Of<EntropyFunction>(df);

        /// <summary>log E|T|, for df above 1.</summary>
        public Tensor LogHalfStudentMean() => ScalarFunctions.Of<LogMeanFunction>(df);

        /// <summary>The t with P(T ≤ t) = p.</summary>
        public Tensor StudentQuantile(Tensor p) => ScalarFunctions.Of<QuantileFunction>(df, p);
    }

    private static Tensor Density(Tensor df, Tensor t) => ScalarFunctions.Of<DensityFunction>(df, t);

    private readonly struct CdfFunction : IScalarFunction2
    {
        public static string Name => "student cdf";

        public static double Of(double a, double b) => StudentMath.Lower(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? ScalarFunctions.Of<ByDfFunction>(a, b) : Density(a, b));
    }

    private readonly struct CentreFunction : IScalarFunction2
    {
        public static string Name => "student centre";

        public static double Of(double a, double b) => StudentMath.Centre(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * 2 * (input == 0 ? ScalarFunctions.Of<ByDfFunction>(a, b) : Density(a, b));
    }

    private readonly struct DensityFunction : IScalarFunction2
    {
        public static string Name => "student density";

        public static double Of(double a, double b) => Math.Exp(StudentMath.LogDensity(a, b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            if (input == 1)
            {
                return -dy * y * (a + 1) / a * b / (1 + (b.Square() / a));
            }
            return dy * y * ScalarFunctions.Of<LogDensityByDfFunction>(a, b);
        }
    }

    /// <summary>The derivative of the distribution function in df.</summary>
    private readonly struct ByDfFunction : IScalarFunction2
    {
        public static string Name => "student cdf by df";

        public static double Of(double a, double b) => StudentMath.LowerByDf(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor density = Density(a, b);
            if (input == 1)
            {
                return dy * density * ScalarFunctions.Of<LogDensityByDfFunction>(a, b);
            }
            // -sign(t) d²/d(df)² of ½ I(df / 2, ½) at the share df / (df + t²).
            Tensor half = 0.5 * a;
            Tensor square = b.Square();
            Tensor share = a / (a + square);
            Tensor cross = Tensor.BetaDensityAt(half, 0.5, share) * Tensor.LogBetaExcess(half, 0.5, share) * (square / (a + square).Square());
            Tensor byTail = 0.25 * ((0.5 * Tensor.BetaLowerByFirstTwice(half, 0.5, share)) + cross);
            Tensor byDensity = 0.5 * b.Abs() * density * ((ScalarFunctions.Of<LogDensityByDfFunction>(a, b) / a) - (1 / a.Square()));
            return -dy * b.Sign() * (byTail + byDensity);
        }
    }

    private readonly struct LogDensityByDfFunction : IScalarFunction2
    {
        public static string Name => "log student density by df";

        public static double Of(double a, double b) => StudentMath.LogDensityByDf(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor square = b.Square();
            Tensor sum = a + square;
            if (input == 1)
            {
                return dy * b * (1 - square) / sum.Square();
            }
            Tensor normalizer = 0.5 * ((0.5 * (a + 1)).Trigamma() - (0.5 * a).Trigamma());
            return dy * 0.5 * ((square * (square - 1) / (a * sum.Square())) + (1 / (a * sum)) + normalizer);
        }
    }

    private readonly struct QuantileFunction : IScalarFunction2
    {
        public static string Name => "student quantile";

        public static double Of(double a, double b)
        {
            if (b == 0.5)
            {
                return 0;
            }
            double tail = 2 * (b < 0.5 ? b : 1 - b);
            double odds = BetaOddsFunctions.Quantile(0.5, 0.5 * a, 1 - tail, tail);
            double size = Math.Sqrt(a * odds);
            return b < 0.5 ? -size : size;
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            (input == 0 ? -dy * ScalarFunctions.Of<ByDfFunction>(a, y) : dy) / Density(a, y);
    }

    private readonly struct EntropyFunction : IScalarFunction
    {
        public static string Name => "student entropy";

        public static double Of(double x) => StudentMath.Entropy(x);

        /// <summary>By the derivative in df, ¼ (df + 1) E′(df / 2) - 1 / 2df² with the excess E of ψ(x + ½) - ψ(x) over 1 / 2x.</summary>
        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            dy * ((0.25 * (x + 1) * ScalarFunctions.Of<ExcessSlopeFunction>(0.5 * x)) - (0.5 / x.Square()));
    }

    private readonly struct LogMeanFunction : IScalarFunction
    {
        public static string Name => "log half-student mean";

        public static double Of(double x) => StudentMath.LogMeanSize(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            dy * ((0.5 * ScalarFunctions.Of<ExcessFunction>(0.5 * x)) - (1 / (x * (x - 1))));
    }

    private readonly struct ExcessFunction : IScalarFunction
    {
        public static string Name => "digamma half step excess";

        public static double Of(double x) => SpecialFunctions.DigammaHalfStepExcess(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ScalarFunctions.Of<ExcessSlopeFunction>(x);
    }

    private readonly struct ExcessSlopeFunction : IScalarFunction
    {
        public static string Name => "digamma half step excess slope";

        public static double Of(double x) => SpecialFunctions.DigammaHalfStepExcessSlope(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ((x + 0.5).Polygamma(2) - x.Polygamma(2) - (1 / (x.Square() * x)));
    }
}
