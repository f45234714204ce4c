using Pyrite.Lifting;

namespace Pyrite.Programs.Functions;

/// <summary>What of a loop runs round after round, and what over all rounds at once: nothing that is carried waits for it.</summary>
/// <param name="Core">The operations of a round that are carried, and those that they read; none where rounds wait for each other in nothing but
/// sums.</param>
/// <param name="Positions">The others, each after those of them that it reads, of this round or an earlier one; sums left out.</param>
/// <param name="Sums">The sums over the rounds, which nothing reads before their end.</param>
internal sealed record LoopOrder(IReadOnlySet<int> Core, IReadOnlyList<int> Positions, IReadOnlyList<LoopOrder.Sum> Sums)
{
    /// <summary>Beside a carried part, results of more elements stay in the cache from operation to operation, round after round.</summary>
    private const int MostElements = 16;

    /// <summary>Results of more elements in all rounds together leave the cache, and take memory that rounds one by one do not.</summary>
    private const int MostAtOnce = 1 << 20;

    /// <summary>The order of a loop; null where all of it runs round after round: everything is carried, or an operation has no rule for all rounds
    /// at once.</summary>
    /// <param name="function">The recording.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="isRecurrent">Whether rounds need results of earlier ones, other than to add them up.</param>
    public static LoopOrder? Of(RecordedFunction function, LoopRegion loop, out bool isRecurrent)
    {
        List<Reading>[] readers = ReadersIn(loop);
        List<Sum> sums = [];
        for (int position = 0; position < loop.Period; position++)
        {
            for (int input = 0; input < loop.Sources[position].Length; input++)
            {
                if (loop.Sources[position][input] is { Kind: LoopSource.Of.Made, Lag: 1 }
                    && SumFrom(function, loop, readers, position, input) is { } sum)
                {
                    sums.Add(sum);
                }
            }
        }
        isRecurrent = CoreOf(loop, readers, sums).Count > 0;
        sums.RemoveAll(sum => !IsReadAtEnd(function, loop, sum));
        HashSet<int> core = CoreOf(loop, readers, sums), members = [.. sums.SelectMany(sum => sum.Terms).Select(term => term.Position)];
        int[] order = Sorted(loop, readers, [.. core, .. members]);
        long largest = order.Concat(members).Select(position => function.Nodes[loop.Start + position].Spec.Shape.Count).DefaultIfEmpty(0).Max();
        bool isWorthIt = core.Count == 0 ? largest * loop.Rounds <= MostAtOnce : largest is > 0 and <= MostElements;
        return isWorthIt && order.All(position => loop.IsFixed[position] || HasRule(function, loop, position))
            ? new LoopOrder(core, order, sums)
            : null;
    }

    /// <summary>The operations that wait for each other in a circle, and what they read.</summary>
    private static HashSet<int> CoreOf(LoopRegion loop, List<Reading>[] readers, List<Sum> sums)
    {
        int[] waiting = [.. readers.Select(list => list.Count(reading => !IsCut(reading.Reader, reading.Input)))];
        Stack<int> free = new(Enumerable.Range(0, loop.Period).Where(position => waiting[position] == 0));
        HashSet<int> core = [.. Enumerable.Range(0, loop.Period)];
        while (free.TryPop(out int position))
        {
            core.Remove(position);
            for (int input = 0; input < loop.Sources[position].Length; input++)
            {
                if (loop.Sources[position][input] is { Kind: LoopSource.Of.Made } source && !IsCut(position, input)
                    && --waiting[source.Place] == 0)
                {
                    free.Push(source.Place);
                }
            }
        }
        return core;

        bool IsCut(int reader, int input) => sums.Exists(sum => sum.First == reader && sum.Input == input);
    }

    /// <summary>Whether nothing reads a sum but that of the last round.</summary>
    private static bool IsReadAtEnd(RecordedFunction function, LoopRegion loop, Sum sum)
    {
        HashSet<int> used = function.UsedAfter(loop);
        int last = sum.Terms[^1].Position;
        return sum.Terms.All(term => !used.Contains(term.Position) || (term.Position == last && function.IsUsedAtEndAlone(loop, last)));
    }

    private static List<Reading>[] ReadersIn(LoopRegion loop)
    {
        List<Reading>[] readers = [.. Enumerable.Range(0, loop.Period).Select(_ => new List<Reading>())];
        for (int position = 0; position < loop.Period; position++)
        {
            for (int input = 0; input < loop.Sources[position].Length; input++)
            {
                if (loop.Sources[position][input] is { Kind: LoopSource.Of.Made } source)
                {
                    readers[source.Place].Add(new Reading(position, input));
                }
            }
        }
        return readers;
    }

    /// <summary>The sum that an operation goes on with: each of its additions is read by the next one alone, the last one by the first one of the
    /// next round.</summary>
    private static Sum? SumFrom(RecordedFunction function, LoopRegion loop, List<Reading>[] readers, int first, int input)
    {
        int last = loop.Sources[first][input].Place;
        List<Term> terms = [];
        (int position, int addend) = (first, input);
        while (true)
        {
            LoopSource source = loop.Sources[position][addend];
            bool isSubtracted = function.Nodes[loop.Start + position].Name == "subtract";
            if (function.Nodes[loop.Start + position].Name is not ("add" or "subtract") || (isSubtracted && addend != 0) || source.IsDetached
                || readers[position] is not [var (reader, next)] || function.CheckOf(loop.Start + position) is not null)
            {
                return null;
            }
            terms.Add(new Term(position, 1 - addend, isSubtracted));
            if (position == last)
            {
                return reader == first && next == input ? new Sum(first, input, terms) : null;
            }
            if (terms.Count == loop.Period || loop.Sources[reader][next].Lag != 0)
            {
                return null;
            }
            (position, addend) = (reader, next);
        }
    }

    /// <summary>The operations but for some, each after those of them that it reads.</summary>
    private static int[] Sorted(LoopRegion loop, List<Reading>[] readers, HashSet<int> without)
    {
        int[] waiting = new int[loop.Period];
        for (int position = 0; position < loop.Period; position++)
        {
            waiting[position] = loop.Sources[position].Count(source => source.Kind == LoopSource.Of.Made && !without.Contains(source.Place));
        }
        bool[] isDone = new bool[loop.Period];
        List<int> order = [];
        for (int position = 0; position < loop.Period; position++)
        {
            if (isDone[position] || waiting[position] > 0 || without.Contains(position))
            {
                continue;
            }
            isDone[position] = true;
            order.Add(position);
            int first = position;
            foreach (Reading reading in readers[position])
            {
                first = --waiting[reading.Reader] == 0 ? Math.Min(first, reading.Reader) : first;
            }

            // The lowest that is free comes next; it may stand before this one, which an earlier round made.
            position = first < position ? first - 1 : position;
        }
        return [.. order];
    }

    private static bool HasRule(RecordedFunction function, LoopRegion loop, int position)
    {
        RecordedNode operation = function.Nodes[loop.Start + position];
        return loop.IsMoved[position]
            || LiftedRules.Has(operation.Boxed, operation.Spec, Array.ConvertAll(operation.Inputs, input => function.SpecOf(input).Shape));
    }

    /// <summary>A sum over all rounds.</summary>
    /// <param name="First">The operation that reads the sum of the round before.</param>
    /// <param name="Input">The place where it does.</param>
    /// <param name="Terms">The additions of a round.</param>
    public sealed record Sum(int First, int Input, IReadOnlyList<Term> Terms);

    /// <summary>An addition.</summary>
    /// <param name="Position">The operation.</param>
    /// <param name="Input">Which of its inputs is the term.</param>
    /// <param name="IsSubtracted">Whether it is taken away.</param>
    public sealed record Term(int Position, int Input, bool IsSubtracted);

    /// <summary>An operation that reads another one; a class, as the runtime has compiled code for lists of those.</summary>
    private sealed record Reading(int Reader, int Input);
}
