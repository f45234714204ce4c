namespace Pyrite.Autoregression;

/// <summary>The sizes of an autoregressive moving average, and where its numbers lie: φ, θ, the scale, the deviations from the mean, and where
/// observations may be missing whether each is there.</summary>
internal readonly record struct ArmaShape(int Ar, int Ma, int Steps, bool HasGaps)
{
    public int States => Math.Max(Ar, Ma + 1);

    public int Scale => Ar + Ma;

    public int Data => Ar + Ma + 1;

    public int Length => Data + ((HasGaps ? 2 : 1) * Steps);
}
