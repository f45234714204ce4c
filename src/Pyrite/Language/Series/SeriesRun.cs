namespace Pyrite.Language.Series;

/// <summary>What the rounds of a loop have given.</summary>
/// <param name="Carry">The state after the last round.</param>
/// <param name="Outputs">The outputs of the body, [T, ..].</param>
/// <param name="Values">Values of sites, [T, plates…, event…].</param>
/// <param name="Terms">Log-densities of sites, [T, plates…].</param>
/// <param name="Results">Named results, [T, ..].</param>
internal sealed record SeriesRun(Tensor[] Carry, Tensor[] Outputs, Dictionary<SeriesSite, Tensor> Values, Dictionary<SeriesSite, Tensor> Terms,
    Dictionary<SeriesResult, Tensor> Results);
