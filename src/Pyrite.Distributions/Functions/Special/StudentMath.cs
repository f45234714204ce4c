using Pyrite.Kernels.Special;


namespace Pyrite.Functions.Special;

/// <summary>Density, distribution function and its derivative in df of a standard Student variable, for single numbers.</summary>
/// <remarks>Few degrees of freedom by the incomplete beta function of df / (df + t²), many by quadrature outwards from t, where that share is too
/// close to 1 to be told from it.</remarks>
internal static class StudentMath
{
    /// <summary>From here on the normalizer's series in 1 / df is exact to the last digit, and tails fall fast enough for quadrature.</summary>
    private const double ManyFrom = 1e3;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>P(T ≤ t), relatively exact in the lower tail.</summary>
    public static double Lower(double df, double t)
    {
        if (double.IsNaN(df + t) || double.IsInfinity(t))
        {
            return t > 0 ? 1 : t < 0 ? 0 : double.NaN;
        }
        return t < 0 ? Tail(df, -t) : 0.5 + (0.5 * Centre(df, t));
    }

    /// <summary>P(|T| ≤ t), relatively exact for small t.</summary>
    public static double Centre(double df, double t)
    {
        if (df < ManyFrom)
        {
            (double share, double rest) = Shares(df, t);
            return SpecialFunctions.IncompleteBeta(0.5 * df, 0.5, share, rest).Upper;
        }
        return t < 1 ? GaussLegendre.Integrate(0, t, 1, u => 2 * Math.Exp(LogDensity(df, u))) : 1 - (2 * Tail(df, t));
    }

    /// <summary>The derivative of <see cref="Lower"/> in df.</summary>
    public static double LowerByDf(double df, double t)
    {
        double size = Math.Abs(t);
        if (double.IsInfinity(size) || t == 0)
        {
            return 0;
        }
        double byDf;
        if (df < ManyFrom)
        {
            (double share, double rest) = Shares(df, size);
            byDf = (0.25 * SpecialFunctions.IncompleteBetaByShapes(0.5 * df, 0.5, share, rest).ByA)
                + (0.5 * Math.Exp(LogDensity(df, size)) * size / df);
        }
        else
        {
            byDf = Math.Exp(LogDensity(df, size)) * Outwards(df, size, s => LogDensityByDf(df, size + s));
        }
        return t < 0 ? byDf : -byDf;
    }

    /// <summary>The logarithm of the density.</summary>
    public static double LogDensity(double df, double t) => LogNormalizer(df) - (0.5 * (df + 1) * LogOnePlusSquareOver(df, t));

    /// <summary>The derivative of <see cref="LogDensity"/> in df; the terms of order 1 / df are taken out before they are rounded.</summary>
    public static double LogDensityByDf(double df, double t)
    {
        double w = t / df * t;
        double share = w / (1 + w);
        double bend = w < 1 ? -(w * share) - SpecialFunctions.Log1pMinus(w) : share - SpecialFunctions.Log1p(w);
        return 0.5 * (bend + (share / df) + SpecialFunctions.DigammaHalfStepExcess(0.5 * df));
    }

    /// <summary>The entropy.</summary>
    public static double Entropy(double df) => (0.5 * (df + 1) * SpecialFunctions.DigammaHalfStep(0.5 * df)) - LogNormalizer(df);

    /// <summary>log E|T|, for df above 1.</summary>
    public static double LogMeanSize(double df) => Math.Log(2) + Math.Log(df / (df - 1)) + LogNormalizer(df);

    private static double Tail(double df, double t)
    {
        if (df < ManyFrom)
        {
            (double share, double rest) = Shares(df, t);
            return 0.5 * SpecialFunctions.IncompleteBeta(0.5 * df, 0.5, share, rest).Lower;
        }
        return Math.Exp(LogDensity(df, t)) * Outwards(df, t, null);
    }

    private static double Outwards(double df, double t, Func<double, double>? weight)
    {
        double size = df + (t * t);
        return TailIntegral.Of(1 / (1 + t), s => 0.5 * (df + 1) * SpecialFunctions.Log1p(s * ((2 * t) + s) / size), weight);
    }

    /// <summary>-½ log df - log B(df / 2, ½); for many degrees of freedom the series of log Γ(x + ½) - log Γ(x) (DLMF 5.11.8).</summary>
    private static double LogNormalizer(double df)
    {
        double inverse = 1 / df;
        return df < ManyFrom
            ? -(0.5 * Math.Log(df)) - SpecialFunctions.LogBeta(0.5 * df, 0.5)
            : -HalfLogTwoPi - (inverse * (0.25 - (inverse * inverse / 24)));
    }

    private static double LogOnePlusSquareOver(double df, double t) =>
        Math.Abs(t) > 1e150 ? (2 * Math.Log(Math.Abs(t))) - Math.Log(df) : SpecialFunctions.Log1p(t * t / df);

    /// <summary>df / (df + t²) and its complement.</summary>
    private static (double Share, double Remainder) Shares(double df, double t) => (1 / (1 + (t / df * t)), 1 / (1 + (df / t / t)));
}
