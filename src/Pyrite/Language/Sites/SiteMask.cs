using Pyrite.Inference.Agreement;
using Pyrite.Inference.Guides;

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

    /// <summary>Refuses a latent of which model and guide count different entries.</summary>
    /// <exception cref="ModelException">The masks differ.</exception>
    public static void Compare(SampleSite latent, SampleSite drawn)
    {
        (Tensor? mine, int axes) = Of(latent);
        (Tensor? theirs, int otherAxes) = Of(drawn);
        if (!ReferenceEquals(mine, theirs) && !LatentContract.IsPoint(drawn))
        {
            Compare(latent, mine, axes, theirs, otherAxes, latent.PartMask is not null && drawn.Options.Find<GuideSite>() is not null);
        }
    }

    private static void Compare(SampleSite latent, Tensor? mine, int axes, Tensor? theirs, int otherAxes, bool isGap)
    {
        int common = Math.Max(mine is null ? 0 : axes, theirs is null ? 0 : otherAxes);
        mine = mine is null ? null : Spread(mine, common - axes);
        theirs = theirs is null ? null : Spread(theirs, common - otherAxes);
        if (mine is not null && theirs is not null && PlateShape.TryBroadcast(mine.Shape, theirs.Shape) is null)
        {
            throw Differ(latent, $"a mask of shape {mine.Shape}", $"one of shape {theirs.Shape}", isGap);
        }
        Tensor verdicts = mine is null ? theirs! : theirs is null ? mine : mine.EqualTo(theirs);
        PairCheck.Add(verdicts, mine ?? theirs!, _ => Differ(latent, Describe(mine), Describe(theirs), isGap));
    }

    private static string Describe(Tensor? mask) => mask is null ? "everywhere" : $"where {mask} is true";

    private static ModelException Differ(SampleSite latent, string inModel, string inGuide, bool isGap) => new(ModelError.MasksDiffer, latent.Name,
        $"model and guide count different entries of it: the model {inModel}, the guide {inGuide}. "
        + (isGap
            ? "An automatic guide learns the entries that were missing when it first ran: give it the same data in every step, or, for batches, mark "
                + "the partly observed statement fromPrior: true."
            : "Put the same MaskHandler around it in both, or mask both distributions alike."));

    /// <summary>A mask over whole events as one over their entries.</summary>
    private static Tensor Spread(Tensor mask, int axes)
    {
        for (int i = 0; i < axes; i++)
        {
            mask = mask.Unsqueeze(-1);
        }
        return mask;
    }
}
