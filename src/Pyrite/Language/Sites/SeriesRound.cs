namespace Pyrite.Language.Sites;

/// <summary>Of which round of a loop over time a site is, whose rounds are sites of their own because discrete ones are summed out.</summary>
/// <param name="Name">What the site of all rounds is called.</param>
/// <param name="Number">The round.</param>
/// <param name="Count">How many rounds there are.</param>
internal sealed record SeriesRound(string Name, int Number, int Count);
