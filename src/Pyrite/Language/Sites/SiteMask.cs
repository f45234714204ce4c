namespace Pyrite.Language.Sites;

/// <summary>Where the log-density of a site counts: the masks of handlers and of its distribution together.</summary>
internal static class SiteMask
{
    /// <summary>The mask, and how many of its last axes lie inside the event; null where everything counts.</summary>
    public static (Tensor? Mask, int EventAxes) Of(SampleSite site)
    {
        (Tensor? Mask, int EventAxes) all = (site.Mask, 0);
        int axes = 0;
        Distribution layer = site.Distribution;
        while (true)
        {
            switch (layer)
            {
                case Independent independent:
                    axes += independent.Axes;
                    layer = independent.Base;
                    break;
                case Expanded expanded:
                    layer = expanded.Base;
                    break;
                case Masked masked:
                    all = all.Mask is null ? (masked.Selection, axes) : (Spread(all.Mask, axes - all.EventAxes) & masked.Selection, axes);
                    layer = masked.Base;
                    break;
                default:
                    return all;
            }
        }
    }

    /// <summary>A distribution without the masks around whole events of it.</summary>
    public static Distribution Without(Distribution distribution) => distribution switch
    {
        Masked masked => Without(masked.Base),
        Expanded { HoldsMask: true } expanded => Without(expanded.Base).Expand(expanded.BatchShape),
        _ => distribution,
    };

    /// <summary>A mask over whole events as one over their entries.</summary>
    public static Tensor Spread(Tensor mask, int axes)
    {
        for (int i = 0; i < axes; i++)
        {
            mask = mask.Unsqueeze(-1);
        }
        return mask;
    }
}
