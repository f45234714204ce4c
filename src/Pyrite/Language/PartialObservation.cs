using Pyrite.Language.Sites;


namespace Pyrite.Language;

/// <summary>A statement whose data has gaps: an observed and an unobserved site of the same distribution, put together.</summary>
internal static class PartialObservation
{
    /// <summary>The sites <c>name_observed</c>, <c>name_unobserved</c> (latent) and the whole as the deterministic <c>name</c>.</summary>
    public static Tensor Sample(string name, Distribution distribution, Tensor? observed, Tensor isObserved, bool auxiliary, bool fromPrior,
        SiteOptions? options)
    {
        HandlerStack.RequireOwnThread(name, "the statement");
        if (observed is null)
        {
            throw new ModelException(ModelError.ObservationMask, name,
                "a mask says which entries are observed, but there is no data. Give observed: too, or leave the mask out.");
        }
        if (isObserved.DType != DType.Bool)
        {
            throw new ModelException(ModelError.ObservationMask, name,
                $"the mask of observed entries must be Bool; found {isObserved.DType}. Compare first, for example !data.IsNan().");
        }
        int eventRank = distribution.EventShape.Rank;
        Shape batch = observed.Rank >= eventRank ? observed.Shape[..^eventRank] : Shape.Scalar;
        if (PlateShape.TryBroadcast(batch, isObserved.Shape) != batch)
        {
            throw new ModelException(ModelError.ObservationMask, name,
                $"the mask of observed entries has shape {isObserved.Shape}; the data has shape {observed.Shape} with {eventRank} event dimensions, "
                    + $"so it must broadcast to {batch}: one flag for each whole event.");
        }
        Tensor seen = State(name + "_observed", isObserved, observed), drawn = State(name + "_unobserved", !isObserved, null);
        Tensor wholeEvents = isObserved;
        for (int i = 0; i < eventRank; i++)
        {
            wholeEvents = wholeEvents.Unsqueeze(-1);
        }
        DeterministicSite whole = new(name, Tensor.Where(wholeEvents, seen, drawn), eventRank)
        {
            IsCompletion = true,
            EventNames = options?.Find<EventNames>(),
        };
        HandlerStack.Apply(whole);
        return whole.Value;

        Tensor State(string part, Tensor mask, Tensor? data)
        {
            using HandlerScope masked = new MaskHandler(mask).Enter();
            SampleSite site =
                new(part, distribution, data)
                {
                    IsAuxiliary = auxiliary,
                    IsFromPrior = fromPrior,
                    Options = options ?? SiteOptions.None,
                    PartMask = mask,
                    PartFlags = isObserved,
                };
            HandlerStack.Apply(site);
            return site.Value;
        }
    }
}
