namespace Pyrite;

/// <summary>What is subtracted from a site's cost so that its score function varies less: an option of sites that gradients do not flow
/// through.</summary>
/// <remarks>Parts that are given add up. Use: <c>Sample("k", new Categorical(p), options: SiteOptions.None.With(new Baseline { Decay = 0.9 }))</c>.
/// Nothing of it may depend on the draw itself. Source: Mnih and Gregor, "Neural variational inference and learning in belief networks",
/// 2014.</remarks>
public sealed class Baseline
{
    /// <summary>The decay of an average of earlier costs, in [0, 1): a number for the whole site; null keeps none.</summary>
    public double? Decay
    {
        get;
        init => field = value is null or (>= 0 and < 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The decay of a baseline is at least 0 and below 1.");
    }

    /// <summary>A given value: one number, or one for each entry of the site's plates.</summary>
    public Tensor? Value { get; init; }

    /// <summary>A network that learns to predict the cost by a squared loss of its own, as parameters <c>baseline.site.path</c>.</summary>
    public Layer? Network { get; init; }

    /// <summary>What the network sees; gradients do not flow into it.</summary>
    public Tensor? Input { get; init; }
}
