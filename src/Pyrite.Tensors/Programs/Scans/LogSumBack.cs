namespace Pyrite.Programs.Scans;

/// <summary>The rounds that run back through those of a forward algorithm, by the places of what they are given.</summary>
/// <param name="Rounds">What the rounds were.</param>
/// <param name="Sum">Whether the gradient of the matrix is wanted: the second part of the carry.</param>
/// <param name="Addend">Whether the gradient of what the rounds add is wanted: the output.</param>
/// <param name="Carries">The place of the carries before each round.</param>
/// <param name="Upstream">The places of the gradients of outputs.</param>
/// <param name="Kept">The place of the gradients of the kept carries; -1 for none.</param>
/// <param name="Matrix">The place of the matrix.</param>
internal sealed record LogSumBack(LogSumRounds Rounds, bool Sum, bool Addend, int Carries, int[] Upstream, int Kept, int Matrix)
{
    /// <summary>The places for the gradient of a body; null where that is another one.</summary>
    /// <param name="forward">The body.</param>
    /// <param name="wanted">Which of its inputs and captured tensors want gradients.</param>
    /// <param name="upstream">How many outputs have gradients.</param>
    /// <param name="readsCarries">Whether the kept carries have.</param>
    public static LogSumBack? Of(ScanBody forward, bool[] wanted, int upstream, bool readsCarries)
    {
        if (forward.LogSums is not { } rounds || upstream != forward.Outputs.Length)
        {
            return null;
        }
        for (int place = 1; place <= wanted.Length; place++)
        {
            if (wanted[place - 1] && place != rounds.Matrix && place != rounds.Addend)
            {
                return null;
            }
        }
        bool isSum = wanted[rounds.Matrix - 1], isAddend = rounds.Addend >= 0 && wanted[rounds.Addend - 1];
        int carries = isSum ? 2 : 1, first = carries + 1 + forward.Inputs, kept = first + upstream, captured = kept + (readsCarries ? 1 : 0);
        return new LogSumBack(rounds, isSum, isAddend, carries, [.. Enumerable.Range(first, upstream)], readsCarries ? kept : -1,
            captured + rounds.Matrix - 1 - forward.Inputs);
    }
}
