namespace Pyrite.Programs.Functions;

/// <summary>Operations that come again and again, but did not become a loop.</summary>
/// <param name="Start">The first operation.</param>
/// <param name="End">The one after the last.</param>
/// <param name="Begins">The first operation of each round.</param>
/// <param name="Odd">The first operation that differs from the first round's; -1 for none.</param>
/// <param name="OddLike">The one that it differs from.</param>
internal sealed record NearMiss(int Start, int End, IReadOnlyList<int> Begins, int Odd, int OddLike)
{
    /// <summary>Fewer operations are not worth a word.</summary>
    private const int LeastOperations = 100;

    private const int LeastRounds = 4;

    /// <summary>So many operations tell a round's beginning, as far as they are before the first one that differs.</summary>
    private const int LongestHead = 8;

    private const int ShortestHead = 3;

    /// <summary>The round of an operation, from 1.</summary>
    public int RoundOf(int node)
    {
        int round = 0;
        while (round < Begins.Count && Begins[round] <= node)
        {
            round++;
        }
        return Math.Max(round, 1);
    }

    /// <summary>Stretches of rounds in operations that belong to no loop, in their order.</summary>
    /// <param name="classes">Which operations are alike.</param>
    /// <param name="loops">The loops, from their first operation to the one after the last, in their order, with the operations of a round.</param>
    public static List<NearMiss> Find(ReadOnlySpan<int> classes, IReadOnlyList<(int Start, int End, int Period)> loops)
    {
        List<NearMiss> found = [];
        int[] next = LoopFinder.NextAlike(classes);
        for (int start = 0, loop = 0; start < classes.Length;)
        {
            if (loop < loops.Count && loops[loop].Start <= start)
            {
                start = Math.Max(start, loops[loop++].End);
                continue;
            }
            int limit = loop < loops.Count ? loops[loop].Start : classes.Length;
            NearMiss? miss = At(classes[..limit], next, start);
            start = miss?.End ?? start + 1;
            if (miss is not null && !loops.Any(miss.IsRestOf))
            {
                found.Add(miss);
            }
        }
        return found;
    }

    /// <summary>Whether the operations are a few rounds before or after those that follow a loop's rule.</summary>
    private bool IsRestOf((int Start, int End, int Period) loop) => End - Start < 2 * loop.Period
        && (Math.Abs(Start - loop.End) < loop.Period || Math.Abs(loop.Start - End) < loop.Period);

    /// <summary>The stretch of the shortest rounds that begins at an operation, two of which are alike.</summary>
    private static NearMiss? At(ReadOnlySpan<int> classes, int[] next, int start)
    {
        int candidate = next[start];
        for (int tries = 0; tries < LoopFinder.MostTries && candidate > 0 && candidate - start <= LoopFinder.LongestRound
            && candidate < classes.Length; tries++, candidate = next[candidate])
        {
            int period = candidate - start;
            if (classes[start..].CommonPrefixLength(classes[candidate..]) >= period
                && Longest(classes, start, period) is { Begins.Count: >= LeastRounds } miss && miss.End - miss.Start >= LeastOperations)
            {
                return miss;
            }
        }
        return null;
    }

    /// <summary>The stretch of the most rounds: what differs must not be among the operations that tell a beginning.</summary>
    private static NearMiss Longest(ReadOnlySpan<int> classes, int start, int period)
    {
        NearMiss found = Extend(classes, start, period);
        if (found.Odd < 0 || found.OddLike >= start + ShortestHead || found.OddLike + 1 + period > classes.Length)
        {
            return found;
        }
        NearMiss moved = Extend(classes, found.OddLike + 1, period);
        return moved.Begins.Count > found.Begins.Count ? moved : found;
    }

    /// <summary>All rounds that begin as the first one does, whatever else they do.</summary>
    private static NearMiss Extend(ReadOnlySpan<int> classes, int start, int period)
    {
        ReadOnlySpan<int> round = classes.Slice(start, period);
        List<int> begins = [start];
        int at = start + period, odd = -1, like = -1;
        while (at < classes.Length)
        {
            int same = round.CommonPrefixLength(classes[at..]);
            if (same == period)
            {
                begins.Add(at);
                at += period;
                continue;
            }
            int from = at + Math.Max(same, 1), to = Math.Min(classes.Length, at + (3 * period));
            int resumed = from < to ? classes[from..to].IndexOf(round[..Math.Min(period, Math.Clamp(same, ShortestHead, LongestHead))]) : -1;
            if (resumed < 0)
            {
                break;
            }
            if (odd < 0)
            {
                (odd, like) = (at + same, start + same);
            }
            begins.Add(at);
            at = from + resumed;
        }
        return new NearMiss(start, at, begins, odd, like);
    }
}
