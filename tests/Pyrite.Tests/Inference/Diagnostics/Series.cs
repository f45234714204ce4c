namespace Pyrite.Tests;

/// <summary>Series of known correlation, from fixed seeds.</summary>
internal static class Series
{
    public static double[] Normal(ulong seed, int count)
    {
        double[] values = new double[count];
        RandomKey.FromSeed(seed).FillNormal(values);
        return values;
    }

    /// <summary>Stationary x_t = phi x_(t-1) + √(1 - phi²) e_t with unit variance, for each of several chains.</summary>
    public static double[] Autoregressive(ulong seed, int chains, int draws, double phi)
    {
        double[] x = Normal(seed, chains * draws);
        for (int chain = 0; chain < chains; chain++)
        {
            for (int i = 1; i < draws; i++)
            {
                int at = (chain * draws) + i;
                x[at] = (phi * x[at - 1]) + (Math.Sqrt(1 - (phi * phi)) * x[at]);
            }
        }
        return x;
    }

    public static double[] Map(double[] values, Func<int, double, double> function)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(i, values[i]);
        }
        return result;
    }
}
