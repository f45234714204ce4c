namespace Pyrite;

/// <summary>Multiplies log-densities by a factor, for subsamples and annealing.</summary>
public sealed class ScaleHandler : Handler
{
    private readonly double factor;

    /// <summary>Scales by a factor.</summary>
    /// <param name="factor">At least 0 and finite.</param>
    public ScaleHandler(double factor)
    {
        if (!(factor >= 0) || double.IsInfinity(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A scale must be finite and at least 0. Use a MaskHandler to leave sites out.");
        }
        this.factor = factor;
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site) => site.Scale *= factor;
}
