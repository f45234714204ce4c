using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;

namespace Pyrite.Programs.Functions;

/// <summary>A loop in a recording: rounds of operations, one after the other, whose inputs follow one rule.</summary>
internal sealed class LoopRegion
{
    /// <summary>How many rounds back an operation may read.</summary>
    private const int LongestLag = 8;

    private readonly RecordedFunction function;
    private (LoopOrder? Order, bool IsRecurrent)? dependence;

    private LoopRegion(RecordedFunction function, int start, int period, int rounds, LoopSource[][] sources)
    {
        (this.function, Start, Period, Rounds, Sources) = (function, start, period, rounds, sources);
        (IsMoved, IsFixed) = (new bool[period], new bool[period]);
        for (int position = 0; position < period; position++)
        {
            IsMoved[position] = Moves(position);
            IsFixed[position] = !IsMoved[position] && Array.TrueForAll(sources[position], source =>
                source.Kind == LoopSource.Of.Fixed || (source is { Kind: LoopSource.Of.Made, Lag: 0 } && IsFixed[source.Place]));
        }
    }

    /// <summary>The first operation of the first round.</summary>
    public int Start { get; }

    /// <summary>How many operations a round has.</summary>
    public int Period { get; }

    /// <summary>How many rounds there are.</summary>
    public int Rounds { get; }

    /// <summary>The first operation after the last round.</summary>
    public int End => Start + (Period * Rounds);

    /// <summary>For each operation of a round what its inputs are, and the value that its check looks at.</summary>
    public LoopSource[][] Sources { get; }

    /// <summary>Whether an operation has other attributes in other rounds: the number of a fill, the place of a slice.</summary>
    public bool[] IsMoved { get; }

    /// <summary>Whether an operation gives the same in every round.</summary>
    public bool[] IsFixed { get; }

    /// <summary>Whether a round does nothing but give its rows other shapes, as when results are put into a list to be stacked.</summary>
    public bool OnlyReshapes
    {
        get
        {
            for (int position = 0; position < Period; position++)
            {
                if (function.Nodes[Start + position].Name != "reshape" || function.CheckOf(Start + position) is not null
                    || Sources[position] is not [{ Kind: LoopSource.Of.Rows, IsDetached: false }])
                {
                    return false;
                }
            }
            return true;
        }
    }

    /// <summary>What runs round after round and what over all rounds at once; null where all of it runs round after round.</summary>
    public LoopOrder? Order => Dependence.Order;

    /// <summary>Whether rounds need results of earlier ones, other than to add them up: operations that wait for each other in a circle.</summary>
    public bool IsRecurrent => Dependence.IsRecurrent;

    private (LoopOrder? Order, bool IsRecurrent) Dependence =>
        dependence ??= (LoopOrder.Of(function, this, out bool isRecurrent), isRecurrent);

    /// <summary>The same loop with the round beginning where the fewest results go from one round to the next, as in the C# code; where it was found
    /// depends on what stands before it.</summary>
    public LoopRegion Aligned()
    {
        int best = 0, fewest = CarriedFrom(0);
        for (int first = 1; first < Period; first++)
        {
            int carried = CarriedFrom(first);
            (best, fewest) = carried < fewest ? (first, carried) : (best, fewest);
        }
        return best > 0 && TryMake(function, Start + best, Period, Rounds - 1) is { } moved && moved.Rounds >= Rounds - 2 ? moved : this;
    }

    /// <summary>The number of an operation.</summary>
    public int Node(int round, int position) => Start + (round * Period) + position;

    /// <summary>The source of an input in a round.</summary>
    public int Source(int round, int position, int input) => function.SourcesOf(Node(round, position))[input];

    /// <summary>Looks at the inputs of like operations; null where they follow no rule.</summary>
    /// <param name="function">The recording.</param>
    /// <param name="start">The first operation.</param>
    /// <param name="period">How many belong to a round.</param>
    /// <param name="rounds">How many rounds have like operations; fewer may follow the rule.</param>
    public static LoopRegion? TryMake(RecordedFunction function, int start, int period, int rounds) =>
        TryMake(function, start, period, rounds, out _);

    /// <summary>As the shorter form, and says what stood in the way of a loop, or of more rounds.</summary>
    /// <param name="function">The recording.</param>
    /// <param name="start">The first operation.</param>
    /// <param name="period">How many belong to a round.</param>
    /// <param name="rounds">How many rounds have like operations; fewer may follow the rule.</param>
    /// <param name="obstacle">Why there is no loop, or why it does not go on; null where all rounds belong to it.</param>
    public static LoopRegion? TryMake(RecordedFunction function, int start, int period, int rounds, out LoopObstacle? obstacle)
    {
        obstacle = null;
        // The rule is read off two rounds in the middle, for the first and last ones may be special.
        LoopSource[][] rule = new LoopSource[period][];
        int middle = rounds / 2;
        int first = 0;
        for (int position = 0; position < period; position++)
        {
            int node = start + (middle * period) + position;
            int[] now = function.SourcesOf(node), then = function.SourcesOf(node + period);
            if (now.Length != then.Length)
            {
                obstacle = new LoopObstacle(LoopObstacle.Of.Checks, node + period, node);
                return null;
            }
            rule[position] = new LoopSource[now.Length];
            for (int input = 0; input < now.Length; input++)
            {
                if (RuleOf(start, period, node, now[input], then[input]) is not { } source)
                {
                    obstacle = LoopObstacle.OfInput(start, period, node, (now[input], then[input]), input, LongestLag);
                    return null;
                }
                rule[position][input] = source;
                first = source.Kind == LoopSource.Of.Fixed && source.Place >= start ? Math.Max(first, ((source.Place - start) / period) + 1) : first;
            }
        }
        (int begin, int end) = Stretch(function, rule, start, period, (first, middle, rounds), out obstacle);
        if (end - begin < 2)
        {
            return null;
        }
        if (AddFlows(function, rule, start + (begin * period), period, end - begin) is { } contradiction)
        {
            obstacle = contradiction;
            return null;
        }
        LoopRegion region = new(function, start + (begin * period), period, end - begin, rule);
        if (region.FindHindrance() is { } hindrance)
        {
            obstacle = hindrance;
            return null;
        }
        return region;
    }

    /// <summary>How many inputs come from earlier rounds if a round begins with a given operation.</summary>
    private int CarriedFrom(int first)
    {
        int carried = 0;
        for (int position = 0; position < Period; position++)
        {
            foreach (LoopSource source in Sources[position])
            {
                int lag = source.Lag + (source.Place < first ? 1 : 0) - (position < first ? 1 : 0);
                carried += source.Kind == LoopSource.Of.Made && lag > 0 ? 1 : 0;
            }
        }
        return carried;
    }

    private static LoopSource? RuleOf(int start, int period, int node, int now, int then)
    {
        if (now == RecordedFunction.Elsewhere || now == then)
        {
            return now == then ? new LoopSource(LoopSource.Of.Fixed, now, 0, false) : null;
        }
        if (now < start)
        {
            return then < start ? new LoopSource(LoopSource.Of.Rows, 0, 0, false) : null;
        }
        int lag = ((node - start) / period) - ((now - start) / period);
        return then - now == period && lag <= LongestLag ? new LoopSource(LoopSource.Of.Made, (now - start) % period, lag, false) : null;
    }

    /// <summary>The rounds that follow the rule: the stretch around the middle one, with the first rounds, which may read what was there
    /// before.</summary>
    private static (int Begin, int End) Stretch(RecordedFunction function, LoopSource[][] rule, int start, int period,
        (int First, int Middle, int Rounds) bounds, out LoopObstacle? obstacle)
    {
        int begin = bounds.Middle, end = bounds.Middle;
        obstacle = null;
        while (end < bounds.Rounds && (obstacle = Departure(end, int.MaxValue)) is null)
        {
            end++;
        }
        while (begin > bounds.First && Follows(begin - 1, int.MaxValue))
        {
            begin--;
        }
        int earliest = begin;
        for (int candidate = begin - 1; candidate >= bounds.First && candidate >= begin - LongestLag; candidate--)
        {
            earliest = Enumerable.Range(candidate, begin - candidate).All(round => Follows(round, candidate)) ? candidate : earliest;
        }
        obstacle ??= earliest > 0 ? Departure(earliest - 1, int.MaxValue) : null;
        return (earliest, end);

        bool Follows(int round, int beginning) => Departure(round, beginning) is null;

        // Before the first round stand the results of earlier rounds, or anything that looks like them.
        LoopObstacle? Departure(int round, int beginning)
        {
            for (int position = 0; position < period; position++)
            {
                int node = start + (round * period) + position, example = start + (bounds.Middle * period) + position;
                int[] sources = function.SourcesOf(node);
                if (sources.Length != rule[position].Length || function.CheckOf(node)?.Part != function.CheckOf(example)?.Part)
                {
                    return new LoopObstacle(LoopObstacle.Of.Checks, node, example);
                }
                for (int input = 0; input < sources.Length; input++)
                {
                    LoopSource expected = rule[position][input];
                    int source = sources[input], made = start + ((round - expected.Lag) * period) + expected.Place;
                    bool follows = expected.Kind switch
                    {
                        LoopSource.Of.Fixed => source == expected.Place,
                        LoopSource.Of.Rows => source < start && source != RecordedFunction.Elsewhere
                            && function.SpecOf(source) == function.SpecOf(function.SourcesOf(example)[input]),
                        _ => source == made || (beginning <= round && round - beginning < expected.Lag && source < start + (beginning * period)
                            && source != RecordedFunction.Elsewhere
                            && function.SpecOf(source) == function.Nodes[example - position + expected.Place].Spec),
                    };
                    if (!follows)
                    {
                        return new LoopObstacle(LoopObstacle.Of.Input, node, example, input);
                    }
                }
            }
            return null;
        }
    }

    /// <summary>Finds out to which inputs gradients flow; gives the place where that differs by round, or is of a kind that a loop does not
    /// have.</summary>
    private static LoopObstacle? AddFlows(RecordedFunction function, LoopSource[][] rule, int start, int period, int rounds)
    {
        for (int position = 0; position < period; position++)
        {
            for (int input = 0; input < rule[position].Length; input++)
            {
                bool? flows = null;
                for (int round = 0; round < rounds; round++)
                {
                    int node = start + (round * period) + position;
                    bool? own = function.Flows(node, input, out bool isKnown);
                    if (!isKnown || (own is not null && flows is not null && own != flows))
                    {
                        return new LoopObstacle(LoopObstacle.Of.Gradient, node, start + position, input);
                    }
                    flows ??= own;
                }
                rule[position][input] = rule[position][input] with { IsDetached = flows == false };
            }
        }
        return null;
    }

    private bool Moves(int position)
    {
        object first = function.Nodes[Start + position].Boxed;
        for (int round = 1; round < Rounds && first is FillOperation or StridedCopyOperation; round++)
        {
            object other = function.Nodes[Node(round, position)].Boxed;
            if (first is FillOperation fill ? !fill.HasNumberOf((FillOperation)other) : !first.Equals(other))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>What keeps a scan from doing it: what is carried and what is used afterwards must have the type of a density, and slices that move
    /// must be slices of something that is there before. Null where it can.</summary>
    private LoopObstacle? FindHindrance()
    {
        for (int position = 0; position < Period; position++)
        {
            foreach (LoopSource source in Sources[position])
            {
                if (source is { Kind: LoopSource.Of.Made, Lag: > 0 } && !IsDense(source.Place))
                {
                    return new LoopObstacle(LoopObstacle.Of.Type, Start + source.Place, Start + position);
                }
            }
            if (!IsFixed[position] && function.Nodes[Start + position].Boxed is StridedCopyOperation && IsMoved[position]
                && Sources[position][0] is { Kind: LoopSource.Of.Made } read && !(read.Lag == 0 && IsFixed[read.Place]))
            {
                return new LoopObstacle(LoopObstacle.Of.MovedSlice, Start + position, Start + read.Place);
            }
        }
        foreach (int used in function.UsedAfter(this))
        {
            if (!IsFixed[used] && !IsMoved[used] && !IsDense(used))
            {
                return new LoopObstacle(LoopObstacle.Of.Type, Start + used, End);
            }
        }
        return null;
    }

    private bool IsDense(int position) =>
        function.Nodes[Start + position].Spec is { DType: var type, Layout: Layout.RowMajor } && type == DType.Float64;
}
