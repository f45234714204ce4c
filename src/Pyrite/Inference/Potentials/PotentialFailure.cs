namespace Pyrite;

/// <summary>Points that a sampler proposed and at which the model could not be computed.</summary>
/// <param name="Place">At or after which site.</param>
/// <param name="Message">What failed the first time, in words.</param>
/// <param name="Count">How often.</param>
public sealed record PotentialFailure(string Place, string Message, long Count)
{
    /// <summary>Failures of several chains, one entry a place.</summary>
    internal static PotentialFailure[] Merge(IEnumerable<PotentialFailure> failures) =>
        [.. failures.GroupBy(failure => failure.Place).Select(group => group.First() with { Count = group.Sum(failure => failure.Count) })];

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
