namespace Pyrite.Inference.Prediction;

/// <summary>Values from a run of a guide with the parameters of its fit.</summary>
internal sealed class GuideValues<T>(Action<T> guide, T data, ParamStore parameters) : PosteriorValues(parameters)
{
    public override Handler Of(int draw, RandomKey key, RandomKey plateKey)
    {
        Trace run = Trace.Of("guide", () => guide(data), Store(), new SeedHandler(key.Child("guide"), plateKey));
        return new ReplayWhereSizesAgree(run);
    }

    /// <summary>Replays sites that stand in the very plates they stood in; others have entries of which the guide knows nothing.</summary>
    private sealed class ReplayWhereSizesAgree(Trace run) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (site.PartMask is null && Drawn(site) is { } drawn)
            {
                site.Value = drawn.Value;
            }
        }

        /// <summary>The guide knows the entries that were missing in the fit; those missing now beside them keep what came from the prior.</summary>
        protected internal override void After(SampleSite site)
        {
            if (site.PartMask is null || Drawn(site) is not { } drawn)
            {
                return;
            }
            Tensor? known = drawn.Mask;
            for (int i = 0; i < site.Distribution.EventShape.Rank && known is not null; i++)
            {
                known = known.Unsqueeze(-1);
            }
            site.Value = known is null ? drawn.Value : Tensor.Where(known, drawn.Value, site.Value);
        }

        private SampleSite? Drawn(SampleSite site) =>
            !site.IsObserved && run.Find(site.Name) is SampleSite { IsAuxiliary: false } drawn && Vectorized(drawn).SetEquals(Vectorized(site)) ? drawn : null;

        private static HashSet<PlateFrame> Vectorized(SampleSite site) => [.. site.Plates.Where(plate => plate.IsVectorized)];
    }
}
