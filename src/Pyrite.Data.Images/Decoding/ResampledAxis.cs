namespace Pyrite.Decoding;

/// <summary>Which pixels along an axis make up each pixel of another size, and with what weights.</summary>
/// <remarks>A triangle over the pixels that one of the result covers, at least one to each side: a mean where an image becomes smaller, linear
/// interpolation where it becomes larger, and the pixels themselves where the size stays.</remarks>
internal sealed class ResampledAxis
{
    private readonly int[] starts;
    private readonly float[][] weights;

    private ResampledAxis(int[] starts, float[][] weights)
    {
        this.starts = starts;
        this.weights = weights;
        First = starts.Min();
        End = starts.Zip(weights, (start, some) => start + some.Length).Max();
    }

    /// <summary>The first pixel that is needed.</summary>
    public int First { get; }

    /// <summary>Where those that are needed end.</summary>
    public int End { get; }

    /// <summary>Plans an axis.</summary>
    /// <param name="length">How many pixels there are.</param>
    /// <param name="start">Where the part that is shown begins.</param>
    /// <param name="part">How long it is, above 0.</param>
    /// <param name="count">How many pixels it becomes.</param>
    public static ResampledAxis Of(int length, double start, double part, int count)
    {
        double scale = part / count, reach = Math.Max(1, scale);
        int[] starts = new int[count];
        float[][] weights = new float[count][];
        for (int i = 0; i < count; i++)
        {
            double centre = start + ((i + 0.5) * scale);
            int from = Math.Clamp((int)Math.Floor(centre - reach), 0, length - 1);
            int end = Math.Clamp((int)Math.Ceiling(centre + reach), from + 1, length);
            double[] own = new double[end - from];
            for (int j = 0; j < own.Length; j++)
            {
                own[j] = Math.Max(0, 1 - (Math.Abs(from + j + 0.5 - centre) / reach));
            }
            double total = own.Sum();
            starts[i] = from;
            weights[i] = Array.ConvertAll(own, weight => (float)(weight / total));
        }
        return new ResampledAxis(starts, weights);
    }

    /// <summary>The weights of a pixel, and from which pixel on they count.</summary>
    public ReadOnlySpan<float> Weights(int pixel, out int from)
    {
        from = starts[pixel];
        return weights[pixel];
    }
}
