using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Logarithms of Poisson probabilities, eight at once, relatively exact for rates of any size.</summary>
/// <remarks>
/// Loader, "Fast and accurate computation of binomial probabilities", 2000: the deviance rate · ((1 + t) ln(1 + t) - t) with
/// t = (count - rate) / rate, half of ln 2πk, and what Stirling's formula lacks of ln k!.
/// </remarks>
internal static class PoissonDensity
{
    private const int SeriesFrom = 16;

    private static readonly double[] Corrections = MakeCorrections();

    /// <summary>ln(e^-rate rate^count / count!) for whole counts from 0 on and rates from 10 on; without meaning for negative counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> count, Vector512<double> rate)
    {
        Vector512<double> k = Vector512.Max(count, Vector512<double>.One);
        Vector512<double> t = (k - rate) / rate;
        Vector512<double> log = PortableLogarithm.OfOnePlus(t);
        Vector512<double> deviance = rate * ((log - t) + (t * log));
        Vector512<double> halfLog = PortableLogarithm.Of(k * Vector512.Create(2 * Math.PI)) * Vector512.Create(0.5);
        Vector512<double> atOneOrMore = -deviance - halfLog - Correction(k);
        return Vector512.ConditionalSelect(Vector512.Equals(count, Vector512<double>.Zero), -rate, atOneOrMore);
    }

    /// <summary>ln k! - ((k + ½) ln k - k + ½ ln 2π): the first terms of its series, or a table where they do not suffice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Correction(Vector512<double> k)
    {
        Vector512<double> inverse = Vector512<double>.One / k;
        Vector512<double> square = inverse * inverse;
        Vector512<double> sum = Vector512.FusedMultiplyAdd(Vector512.Create(-1.0 / 1680), square, Vector512.Create(1.0 / 1260));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(-1.0 / 360));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 12)) * inverse;
        Vector512<double> isSmall = Vector512.LessThan(k, Vector512.Create((double)SeriesFrom));
        return isSmall == Vector512<double>.Zero ? sum : Vector512.ConditionalSelect(isSmall, LookUp(k), sum);
    }

    private static Vector512<double> LookUp(Vector512<double> k)
    {
        Vector512<long> index = Vector512.ConvertToInt64(Vector512.Min(k, Vector512.Create(SeriesFrom - 1.0)));
        double[] corrections = Corrections;
        return Vector512.Create(
            corrections[index[0]], corrections[index[1]], corrections[index[2]], corrections[index[3]],
            corrections[index[4]], corrections[index[5]], corrections[index[6]], corrections[index[7]]);
    }

    private static double[] MakeCorrections()
    {
        double[] corrections = new double[SeriesFrom];
        double factorial = 1;
        for (int k = 1; k < SeriesFrom; k++)
        {
            factorial *= k;
            corrections[k] = Math.Log(factorial) - (((k + 0.5) * Math.Log(k)) - k + (0.5 * Math.Log(2 * Math.PI)));
        }
        return corrections;
    }
}
