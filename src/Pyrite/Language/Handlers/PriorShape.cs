using Pyrite.Language.Sites;


namespace Pyrite.Language.Handlers;

/// <summary>Priors brought to the shape of what they are for.</summary>
internal static class PriorShape
{
    /// <summary>The prior of a whole array, all axes one event.</summary>
    /// <exception cref="ModelException">The prior does not expand to the shape.</exception>
    public static Distribution Whole(string name, Distribution prior, Shape shape)
    {
        int eventRank = prior.EventShape.Rank;
        if (eventRank <= shape.Rank && shape[^eventRank..] == prior.EventShape
            && PlateShape.TryBroadcast(prior.BatchShape, shape[..^eventRank]) == shape[..^eventRank])
        {
            return prior.Expand(shape[..^eventRank]).ToEvent(shape.Rank - eventRank);
        }
        throw new ModelException(ModelError.PriorUnsuitable, name,
            $"the parameter has shape {shape}, but its prior {prior.Name} has batch shape {prior.BatchShape} and event shape {prior.EventShape}. "
                + "Give a prior that broadcasts to the parameter's shape, for example one of scalar batch shape.");
    }
}
