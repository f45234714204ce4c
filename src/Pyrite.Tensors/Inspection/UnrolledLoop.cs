namespace Pyrite;

/// <summary>A loop of C# code that is recorded operation by operation and stays so, and why.</summary>
/// <param name="Rounds">How many rounds it has.</param>
/// <param name="Operations">The operations of all rounds together.</param>
/// <param name="Reason">What stands in the way of one loop, or what would be saved by one.</param>
/// <param name="Line">The line of the user's code that the reason is about, or where the loop begins; null where it is not known, as for scores,
/// which the library computes.</param>
public sealed record UnrolledLoop(int Rounds, int Operations, string Reason, string? Line)
{
    /// <summary>The loop as a line of text.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Rounds} rounds of C# run one by one, {Operations} operations{(Line is null ? "" : $", at {Line}")}: {Reason}");
}
