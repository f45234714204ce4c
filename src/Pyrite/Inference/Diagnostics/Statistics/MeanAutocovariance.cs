using System.Runtime.CompilerServices;

namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>The autocovariance of several series of one length, averaged over the series, lag by lag.</summary>
/// <remarks>
/// Sums are divided by the length at every lag (the biased estimate, as Geyer 1992 and Stan). The first lags are summed directly, which is all
/// that a well mixing chain needs; a further lag computes all of them at once by Fourier transforms, in O(n log n).
/// </remarks>
internal sealed class MeanAutocovariance
{
    private const int DirectLags = 48;

    private readonly double[] centred;
    private readonly int series;
    private readonly int length;
    private double[]? all;

    /// <summary>Takes series that follow each other in one array.</summary>
    /// <param name="values">The values [series, length].</param>
    /// <param name="series">How many series.</param>
    /// <param name="means">Filled with the mean of each.</param>
    public MeanAutocovariance(ReadOnlySpan<double> values, int series, Span<double> means)
    {
        this.series = series;
        length = values.Length / series;
        centred = new double[values.Length];
        for (int one = 0; one < series; one++)
        {
            ReadOnlySpan<double> source = values.Slice(one * length, length);
            means[one] = SampleMoments.Mean(source);
            Centre(source, means[one], centred.AsSpan(one * length, length));
        }
    }

    /// <summary>The mean autocovariance at a lag below the length.</summary>
    public double this[int lag] => all is not null ? all[lag] : lag < DirectLags ? Direct(lag) : (all = ByFourier())[lag];

    /// <summary>Lags 0 … length - 1.</summary>
    public double[] ToArray() => all ??= ByFourier();

    private double Direct(int lag)
    {
        double sum = 0;
        for (int one = 0; one < series; one++)
        {
            sum += LagSum(centred.AsSpan(one * length, length), lag);
        }
        return sum / length / series;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Centre(ReadOnlySpan<double> source, double mean, Span<double> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = source[i] - mean;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double LagSum(ReadOnlySpan<double> x, int lag)
    {
        ReadOnlySpan<double> later = x[lag..];
        ReadOnlySpan<double> earlier = x[..later.Length];
        double a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i < earlier.Length - 3; i += 4)
        {
            a += earlier[i] * later[i];
            b += earlier[i + 1] * later[i + 1];
            c += earlier[i + 2] * later[i + 2];
            d += earlier[i + 3] * later[i + 3];
        }
        for (; i < earlier.Length; i++)
        {
            a += earlier[i] * later[i];
        }
        return a + b + (c + d);
    }

    // Two series are one complex series. The power spectrum of a + ib, made symmetric, is that of a plus that of b; taking the
    // real part of the transform back does just that, so all spectra can be added up first.
    private double[] ByFourier()
    {
        int padded = 2;
        while (padded < 2 * length)
        {
            padded *= 2;
        }
        FourierTransform transform = new(padded);
        double[] power = new double[padded], re = new double[padded], im = new double[padded];
        for (int one = 0; one < series; one += 2)
        {
            Array.Clear(re);
            Array.Clear(im);
            Array.Copy(centred, one * length, re, 0, length);
            if (one + 1 < series)
            {
                Array.Copy(centred, (one + 1) * length, im, 0, length);
            }
            transform.Forward(re, im);
            for (int i = 0; i < padded; i++)
            {
                power[i] += (re[i] * re[i]) + (im[i] * im[i]);
            }
        }
        Array.Clear(im);
        transform.Forward(power, im);
        double[] result = new double[length];
        for (int lag = 0; lag < length; lag++)
        {
            result[lag] = power[lag] / padded / length / series;
        }
        return result;
    }
}
