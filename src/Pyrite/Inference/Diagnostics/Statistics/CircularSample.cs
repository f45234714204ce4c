namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>Angles cut open opposite their mean direction, so that what lies near ±π is one group of numbers again.</summary>
/// <remarks>Mardia and Jupp, "Directional Statistics" (2000), sections 2.2 and 2.3: mean direction, mean resultant length R, circular standard
/// deviation √(-2 ln R).</remarks>
internal static class CircularSample
{
    /// <summary>The mean direction in [-π, π] and the mean resultant length; NaN for no angles and where one is not finite.</summary>
    public static (double Mean, double Length) Direction(ReadOnlySpan<double> angles)
    {
        if (angles.IsEmpty)
        {
            return (double.NaN, double.NaN);
        }
        double sine = 0, cosine = 0;
        foreach (double angle in angles)
        {
            sine += Math.Sin(angle);
            cosine += Math.Cos(angle);
        }
        return (Math.Atan2(sine, cosine), Math.Sqrt((sine * sine) + (cosine * cosine)) / angles.Length);
    }

    /// <summary>The circular standard deviation in radians, 0 for equal angles and +∞ for evenly spread ones.</summary>
    public static double StandardDeviation(double length) => Math.Sqrt(Math.Max(0, -2 * Math.Log(Math.Min(1, length))));

    /// <summary>The same angles within half a turn of a direction: mean - π to mean + π.</summary>
    public static double[] Unwrap(ReadOnlySpan<double> angles, double mean)
    {
        double[] result = new double[angles.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = mean + Math.IEEERemainder(angles[i] - mean, 2 * Math.PI);
        }
        return result;
    }

    /// <summary>The shortest arc that holds a share of the angles; it may go beyond π and begins in [-π, π).</summary>
    public static (double Low, double High) ShortestArc(ReadOnlySpan<double> angles, double probability)
    {
        int count = angles.Length;
        double[] twice = new double[2 * count];
        for (int i = 0; i < count; i++)
        {
            double angle = Math.IEEERemainder(angles[i], 2 * Math.PI);
            twice[i] = angle >= Math.PI ? angle - (2 * Math.PI) : angle;
        }
        Array.Sort(twice, 0, count);
        for (int i = 0; i < count; i++)
        {
            twice[count + i] = twice[i] + (2 * Math.PI);
        }
        int steps = Math.Min((int)Math.Floor(probability * count), count - 1), best = 0;
        for (int start = 1; start < count; start++)
        {
            best = twice[start + steps] - twice[start] < twice[best + steps] - twice[best] ? start : best;
        }
        return (twice[best], twice[best + steps]);
    }
}
