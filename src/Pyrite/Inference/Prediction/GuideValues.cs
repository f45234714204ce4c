using Pyrite.Inference.Guides;
using Pyrite.Language;

namespace Pyrite.Inference.Prediction;

/// <summary>Values from a run of a guide with the parameters of its fit.</summary>
/// <remarks>An automatic guide is told beforehand which plates the model has with these data: it may have learnt from batches of a plate that is seen
/// as a whole now, or have a network that looks at new rows.</remarks>
internal sealed class GuideValues<T>(Action<T> model, Action<T> guide, T data, ParamStore parameters) : PosteriorValues(parameters)
{
    private GuideSurroundings? surroundings;
    private bool isTold;
    private Trace? last;

    public override bool Has(string name) => last?.Find(name) is SampleSite;

    public override Handler Of(int draw, RandomKey key, RandomKey plateKey)
    {
        if (!isTold && guide.Target is AutoGuide<T>)
        {
            surroundings = Look();
        }
        isTold = true;
        SeedHandler seed = new(key.Child("guide"), plateKey);
        Trace run =
            surroundings is null
                ? TracedRun.Of("guide", () => guide(data), Store(), seed)
                : TracedRun.Of("guide", () => guide(data), Store(), seed, surroundings);
        return new ReplayWhereSizesAgree(last = run);
    }

    /// <summary>The plates of the model with these data; null where it fails, of which the prediction itself will tell.</summary>
    private GuideSurroundings? Look()
    {
        try
        {
            RandomKey key = RandomKey.FromSeed(0).Child("surroundings");
            return GuideSurroundings.Of(
                TracedRun.Of("model", () => model(data), Store(), new SeedHandler(key.Child("draws"), key.Child("plates")), new FeasibleValues()));
        }
        catch (ModelException)
        {
            return null;
        }
    }

    /// <summary>Gives latents a value inside their support: flat priors cannot be drawn from.</summary>
    private sealed class FeasibleValues : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (!site.HasValue && !site.Distribution.IsDiscrete && GuidePrototype.IsLatent(site))
            {
                site.ExpandToPlates();
                site.Value = GuideStart.Feasible.Choose(site, RandomKey.FromSeed(0));
            }
        }
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
            !site.IsObserved && run.Find(site.Name) is SampleSite { IsAuxiliary: false } drawn && Vectorized(drawn).SetEquals(Vectorized(site))
                ? drawn
                : null;

        private static HashSet<PlateFrame> Vectorized(SampleSite site) => [.. site.Plates.Where(plate => plate.IsVectorized)];
    }
}
