using Pyrite.Language.Sites;

namespace Pyrite.Inference.Agreement;

/// <summary>Model and guide count the same entries of a latent.</summary>
internal static class MaskAgreement
{
    /// <summary>Refuses a latent of which model and guide count different entries.</summary>
    /// <exception cref="ModelException">The masks differ.</exception>
    public static void Compare(SampleSite latent, SampleSite drawn)
    {
        (Tensor? mine, int axes) = SiteMask.Of(latent);
        (Tensor? theirs, int otherAxes) = SiteMask.Of(drawn);
        if (!ReferenceEquals(mine, theirs) && !LatentContract.IsPoint(drawn))
        {
            Compare(latent, mine, axes, theirs, otherAxes, latent.PartMask is not null && drawn.Options.Find<GuideSite>() is not null);
        }
    }

    private static void Compare(SampleSite latent, Tensor? mine, int axes, Tensor? theirs, int otherAxes, bool isGap)
    {
        int common = Math.Max(mine is null ? 0 : axes, theirs is null ? 0 : otherAxes);
        mine = mine is null ? null : SiteMask.Spread(mine, common - axes);
        theirs = theirs is null ? null : SiteMask.Spread(theirs, common - otherAxes);
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
}
