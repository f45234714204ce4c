namespace Pyrite.Programs.Functions;

/// <summary>Finds the loops of a recording: stretches of operations that come again and again.</summary>
/// <remarks>From each operation on, the places where a like one comes again are tried for the length of a round, the nearest first. What the inputs
/// are in all rounds is left to <see cref="LoopRegion"/>.</remarks>
internal static class LoopFinder
{
    /// <summary>Fewer operations are as fast one by one, and compiled in a moment: bench `recurrences`.</summary>
    private const int LeastOperations = 1000;

    /// <summary>Running sums that are read on the way are faster as numbers one by one, as long as these are compiled in half a second: random walks
    /// of 130, 390 and 700 steps took 1.0, 4.0 and 6.5 µs per gradient in that way, and 6.6, 8.2 and 12 as scans, but 700 of them 1.9 s to record
    /// instead of 0.2 (Zen 4, busy).</summary>
    private const int LeastIndependent = 10_000;

    /// <summary>Operations from which rounds that do not wait for each other become operations on whole arrays.</summary>
    private const int LeastArrays = 500;

    /// <summary>Fewer rounds stay what they are.</summary>
    public const int LeastRounds = 12;

    /// <summary>Rounds of C# that may be one of a loop.</summary>
    private const int LongestPattern = 24;

    /// <summary>Operations of the longest round that is looked for.</summary>
    public const int LongestRound = 4096;

    /// <summary>Lengths of a round that are tried at one place.</summary>
    public const int MostTries = 64;

    /// <summary>The loops of a function in their order; none of them touches another one.</summary>
    public static List<LoopRegion> Find(RecordedFunction function)
    {
        List<LoopRegion> found = [];
        ReadOnlySpan<int> classes = function.ClassOf;
        if (classes.Length < LeastArrays)
        {
            return found;
        }
        int[] next = NextAlike(classes);
        Dictionary<int, int> settled = [];
        for (int start = 0; start < classes.Length;)
        {
            LoopRegion? region = At(function, classes, next, start, settled);
            start = region?.End ?? start + 1;
            if (region is not null)
            {
                found.Add(region);
            }
        }
        return found;
    }

    /// <param name="function">The recording.</param>
    /// <param name="classes">Which operations are alike.</param>
    /// <param name="next">For each operation the next one that is like it.</param>
    /// <param name="start">Where the loop begins.</param>
    /// <param name="settled">For a length of rounds the end of the last loop that is not worth it: from inside of it, it is not made again, which
    /// took minutes for 700 independent rounds.</param>
    private static LoopRegion? At(RecordedFunction function, ReadOnlySpan<int> classes, int[] next, int start, Dictionary<int, int> settled)
    {
        int candidate = next[start];
        (int beyond, int round) = (0, 1);
        for (int tries = 0; tries < MostTries && candidate > 0 && candidate - start <= LongestRound; candidate = next[candidate])
        {
            int period = candidate - start;

            // Whatever contains a loop that is not worth it begins again after it, if it is no pattern of several of its rounds.
            if (candidate < beyond && (period % round != 0 || period > LongestPattern * round))
            {
                continue;
            }
            tries++;
            if (settled.GetValueOrDefault(period) is var end && start < end)
            {
                (beyond, round) = end > beyond ? (end, period) : (beyond, round);
                continue;
            }
            int alike = classes[start..].CommonPrefixLength(classes[candidate..]), rounds = (alike / period) + 1;
            if (rounds < LeastRounds || LoopRegion.TryMake(function, start, period, rounds) is not { Rounds: >= LeastRounds } region)
            {
                continue;
            }
            if (region.Rounds * period >= LeastFor(region))
            {
                return region.Aligned();
            }
            settled[period] = region.End;
            (beyond, round) = (region.End, period);
        }
        return null;
    }

    /// <summary>How many operations a loop must have; one that makes nothing costs nothing.</summary>
    public static int LeastFor(LoopRegion region) => region.OnlyReshapes ? 0
        : region.Order is { Core.Count: 0 } ? LeastArrays
        : region.IsRecurrent ? LeastOperations
        : LeastIndependent;

    /// <summary>For each operation the next one that is like it; 0 for none.</summary>
    public static int[] NextAlike(ReadOnlySpan<int> classes)
    {
        int[] next = new int[classes.Length];
        Dictionary<int, int> seen = [];
        for (int i = classes.Length - 1; i >= 0; i--)
        {
            next[i] = seen.GetValueOrDefault(classes[i]);
            seen[classes[i]] = i;
        }
        return next;
    }
}
