namespace Pyrite.Initializers;

/// <summary>Normal numbers from an interval, by rejection of uniform proposals.</summary>
/// <remarks>Round r proposes for every element from the children (r, 0) and (r, 1) of the key, so a draw depends on the key and its position alone.
/// Beyond 8 standard deviations lies a share of 10⁻¹⁵, which is left out.</remarks>
internal sealed class TruncatedNormalDraws
{
    private const double Furthest = 8;

    private readonly double mean;
    private readonly double scale;
    private readonly double low;
    private readonly double high;
    private readonly double highestDensity;

    public TruncatedNormalDraws(double mean, double standardDeviation, double low, double high)
    {
        this.mean = mean;
        scale = standardDeviation;
        this.low = Math.Max(-Furthest, (low - mean) / standardDeviation);
        this.high = Math.Min(Furthest, (high - mean) / standardDeviation);
        if (!(standardDeviation > 0) || !(this.low < this.high))
        {
            throw new ArgumentException(
                $"A truncated Normal needs a standard deviation above 0 and an interval within {Furthest} of them from the mean; found mean {mean}, "
                    + $"standard deviation {standardDeviation}, interval {low} to {high}.");
        }
        double nearest = Math.Clamp(0, this.low, this.high);
        highestDensity = -0.5 * nearest * nearest;
    }

    public Tensor Draw(RandomKey key, Shape shape)
    {
        double[] values = new double[shape.Count];
        bool[] isDrawn = new bool[values.Length];
        double[] proposals = new double[values.Length];
        double[] chances = new double[values.Length];
        int open = values.Length;
        for (long round = 0; open > 0; round++)
        {
            key.Child(round).Child(0).FillUniform(proposals);
            key.Child(round).Child(1).FillUniform(chances);
            for (int i = 0; i < values.Length; i++)
            {
                double z = low + ((high - low) * proposals[i]);
                if (!isDrawn[i] && Math.Log(chances[i]) < (-0.5 * z * z) - highestDensity)
                {
                    values[i] = mean + (scale * z);
                    isDrawn[i] = true;
                    open--;
                }
            }
        }
        return Tensor.From<double>(values, shape).To(Precision.Default);
    }
}
