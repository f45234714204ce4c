namespace Pyrite.Inference.Fitting.Sharing;

/// <summary>How much the loss of a shard counts in that of the step.</summary>
internal static class ShardWeight
{
    /// <summary>The weight of a shard that has a share of the step's rows.</summary>
    /// <param name="runs">Its runs.</param>
    /// <param name="share">Its share of the rows; those of all shards add up to 1.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <returns>The share, where a plate is larger than what is present, so that each shard estimates the loss of the whole; 1 where everything
    /// random lies in one plate, that of the rows, so that losses add up.</returns>
    /// <exception cref="ModelException">It cannot be told what belongs to the rows of a shard, and what to all of them.</exception>
    public static double OfRows(IReadOnlyList<ElboRun> runs, double share, int shards)
    {
        bool isSubsampled = false;
        foreach (ElboRun run in runs)
        {
            foreach (Site site in run.Model.SiteList)
            {
                isSubsampled |= site is SampleSite sample && IsSubsampled(sample);
            }
        }
        foreach (ElboRun run in runs)
        {
            if (isSubsampled)
            {
                RequireSubsampled(run.Model, shards);
            }
            else
            {
                RequireCommonPlate(run, shards);
            }
        }
        return isSubsampled ? share : 1;
    }

    /// <summary>Refuses discrete sites that are summed out and that the rows of all shards share: the log of their sum is not made of those of
    /// shards.</summary>
    /// <param name="runs">The runs of a shard.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <exception cref="ModelException">There is one.</exception>
    public static void RequireNothingShared(IReadOnlyList<ElboRun> runs, int shards)
    {
        foreach (ElboRun run in runs)
        {
            bool isSubsampled = run.Model.SiteList.Any(site => site is SampleSite sample && IsSubsampled(sample));
            foreach (Site one in run.Model.SiteList)
            {
                if (isSubsampled && one is SampleSite { IsObserved: false } site && !IsSubsampled(site) && run.Guide.Find(site.Name) is null)
                {
                    throw new ModelException(site.Name,
                        $"its values are summed out, and rows of all {shards} shards depend on it, so that the loss of the step is not made of those "
                            + "of its shards. Draw it in the guide, or learn without Sharding.");
                }
            }
        }
    }

    private static void RequireSubsampled(Trace trace, int shards)
    {
        foreach (Site one in trace.SiteList)
        {
            if (one is SampleSite { IsObserved: true } site && !IsSubsampled(site))
            {
                throw new ModelException(site.Name,
                    $"the rows of the step are cut into {shards} shards, and another plate says that it is a part of the data, but this observed "
                        + "site stands in no such plate, so it cannot be told whether its rows are all that there are. State its plate with the size "
                        + "of the whole data: Plate(\"rows\", 60_000, subsampleSize: rows).");
            }
        }
    }

    private static void RequireCommonPlate(in ElboRun run, int shards)
    {
        SampleSite? apart = OutsideOf(run.Model, null);
        foreach (PlateFrame plate in apart?.PlateFrames ?? [])
        {
            apart = OutsideOf(run.Model, plate.Name) ?? OutsideOf(run.Guide, plate.Name);
            if (apart is null)
            {
                return;
            }
        }
        if (apart is not null)
        {
            throw new ModelException(apart.Name,
                $"the rows of the step are cut into {shards} shards, each of which has this site whole, so it would count {shards} times. State the "
                    + "plate of the rows with the size of the whole data, Plate(\"rows\", 60_000, subsampleSize: rows), so that it is known how much "
                    + "a shard says about the whole; or put everything random into the plate of the rows.");
        }
    }

    /// <summary>The first random variable of a run that does not stand in a plate; the first of all for no plate.</summary>
    private static SampleSite? OutsideOf(Trace trace, string? plate)
    {
        foreach (Site site in trace.SiteList)
        {
            if (site is SampleSite sample && (plate is null || !Stands(sample, plate)))
            {
                return sample;
            }
        }
        return null;
    }

    private static bool IsSubsampled(SampleSite site)
    {
        foreach (PlateFrame plate in site.PlateFrames)
        {
            if (plate.SubsampleSize != plate.Size)
            {
                return true;
            }
        }
        return false;
    }

    private static bool Stands(SampleSite site, string plate)
    {
        foreach (PlateFrame frame in site.PlateFrames)
        {
            if (frame.Name == plate)
            {
                return true;
            }
        }
        return false;
    }
}
