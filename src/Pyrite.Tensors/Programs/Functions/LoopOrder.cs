using Pyrite.Lifting;

namespace Pyrite.Programs.Functions;

/// <summary>The order in which the operations of a loop run over all rounds at once, where no round waits for another one but to add up.</summary>
/// <param name="Positions">The operations of a round, each after those that it reads, of this round or an earlier one; sums left out.</param>
/// <param name="Sums">The sums over the rounds.</param>
internal sealed record LoopOrder(IReadOnlyList<int> Positions, IReadOnlyList<LoopOrder.Sum> Sums)
{
    /// <summary>The order of a loop; null where rounds wait for each other, a sum is read before its end, or an operation has no rule for all rounds
    /// at once.</summary>
    /// <param name="function">The recording.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="isRecurrent">Whether rounds need results of earlier ones, other than to add them up.</param>
    public static LoopOrder? Of(RecordedFunction function, LoopRegion loop, out bool isRecurrent)
    {
        List<(int Reader, int Input)>[] readers = ReadersIn(loop);
        List<Sum> sums = [];
        HashSet<int> members = [];
        for (int position = 0; position < loop.Period; position++)
        {
            for (int input = 0; input < loop.Sources[position].Length; input++)
            {
                if (loop.Sources[position][input] is { Kind: LoopSource.Of.Made, Lag: 1 }
                    && SumFrom(function, loop, readers, position, input) is { } sum)
                {
                    sums.Add(sum);
                    members.UnionWith(sum.Terms.Select(term => term.Position));
                }
            }
        }
        int[] order = Sorted(loop, readers, members);
        isRecurrent = order.Length + members.Count < loop.Period;
        return !isRecurrent && sums.TrueForAll(sum => IsReadAtEnd(function, loop, sum))
            && order.All(position => loop.IsFixed[position] || HasRule(function, loop, position))
            ? new LoopOrder(order, sums)
            : null;
    }

    /// <summary>Whether nothing reads a sum but that of the last round.</summary>
    private static bool IsReadAtEnd(RecordedFunction function, LoopRegion loop, Sum sum)
    {
        HashSet<int> used = function.UsedAfter(loop);
        int last = sum.Terms[^1].Position;
        return sum.Terms.All(term => !used.Contains(term.Position) || (term.Position == last && function.IsUsedAtEndAlone(loop, last)));
    }

    private static List<(int Reader, int Input)>[] ReadersIn(LoopRegion loop)
    {
        List<(int Reader, int Input)>[] readers = [.. Enumerable.Range(0, loop.Period).Select(_ => new List<(int, int)>())];
        for (int position = 0; position < loop.Period; position++)
        {
            for (int input = 0; input < loop.Sources[position].Length; input++)
            {
                if (loop.Sources[position][input] is { Kind: LoopSource.Of.Made } source)
                {
                    readers[source.Place].Add((position, input));
                }
            }
        }
        return readers;
    }

    /// <summary>The sum that an operation goes on with: each of its additions is read by the next one alone, the last one by the first one of the next
    /// round.</summary>
    private static Sum? SumFrom(RecordedFunction function, LoopRegion loop, List<(int Reader, int Input)>[] readers, int first, int input)
    {
        int last = loop.Sources[first][input].Place;
        List<Term> terms = [];
        (int position, int addend) = (first, input);
        while (true)
        {
            LoopSource source = loop.Sources[position][addend];
            bool isSubtracted = function.Nodes[loop.Start + position].Name == "subtract";
            if (function.Nodes[loop.Start + position].Name is not ("add" or "subtract") || (isSubtracted && addend != 0) || source.IsDetached
                || readers[position] is not [(var reader, var next)] || function.CheckOf(loop.Start + position) is not null)
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

    /// <summary>The operations but for those of sums, each after those that it reads; fewer where some wait for each other.</summary>
    private static int[] Sorted(LoopRegion loop, List<(int Reader, int Input)>[] readers, HashSet<int> members)
    {
        int[] waiting = new int[loop.Period];
        foreach ((int reader, _) in readers.SelectMany(list => list))
        {
            waiting[reader]++;
        }
        PriorityQueue<int, int> ready = new();
        for (int position = 0; position < loop.Period; position++)
        {
            if (waiting[position] == 0)
            {
                ready.Enqueue(position, position);
            }
        }
        List<int> order = [];
        while (ready.TryDequeue(out int position, out _))
        {
            order.Add(position);
            foreach ((int reader, _) in readers[position])
            {
                if (--waiting[reader] == 0 && !members.Contains(reader))
                {
                    ready.Enqueue(reader, reader);
                }
            }
        }
        return [.. order.Where(position => !members.Contains(position))];
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
    public readonly record struct Term(int Position, int Input, bool IsSubtracted);
}
