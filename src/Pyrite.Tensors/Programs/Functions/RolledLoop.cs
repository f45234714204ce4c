using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;
using Pyrite.Programs.Scans;

namespace Pyrite.Programs.Functions;

/// <summary>A loop of a recording, issued as one scan.</summary>
internal sealed class RolledLoop
{
    private readonly RecordedFunction function;
    private readonly RolledFunction whole;
    private readonly LoopRegion loop;
    private readonly Tensor?[] same;
    private readonly List<Tensor> arrays = [];
    private readonly Dictionary<int, int> arrayOfOperation = [];
    private readonly Dictionary<(int Position, int Input), int> arrayOfInput = [];
    private readonly List<int[]> listed = [];
    private readonly List<(TensorSpec Spec, double[] Numbers, int Array)> numbersListed = [];
    private readonly List<Chain> chains = [];
    private readonly Dictionary<(int Position, int Input), Chain> chainOf = [];
    private readonly Dictionary<int, Tensor> outputs = [];
    private readonly Dictionary<int, Tensor> last = [];
    private int carries;

    /// <param name="function">The recording.</param>
    /// <param name="whole">What issues it; all before the loop is there.</param>
    /// <param name="loop">The loop.</param>
    public RolledLoop(RecordedFunction function, RolledFunction whole, LoopRegion loop)
    {
        (this.function, this.whole, this.loop) = (function, whole, loop);
        same = new Tensor?[loop.Period];
        if (loop.OnlyReshapes)
        {
            Reshape();
            return;
        }
        for (int position = 0; position < loop.Period; position++)
        {
            Prepare(position);
        }
        Run([.. function.UsedAfter(loop).Where(position => !loop.IsFixed[position] && !arrayOfOperation.ContainsKey(position)).Order()]);
    }

    /// <summary>How many operations a round has.</summary>
    public int Period => loop.Period;

    /// <summary>Whether an operation belongs to the loop.</summary>
    public bool Holds(int node) => node >= loop.Start && node < loop.End;

    /// <summary>The result of an operation in one round.</summary>
    public Tensor Row(int node)
    {
        (int round, int position) = Math.DivRem(node - loop.Start, loop.Period);
        return same[position]
            ?? (round == loop.Rounds - 1 && last.TryGetValue(position, out Tensor? final) ? final : ArrayOf(position).Select(0, round));
    }

    /// <summary>The results of an operation in rounds that follow each other, [T, ..]; null where the sources are something else.</summary>
    public Tensor? RowsOf(ReadOnlySpan<int> sources)
    {
        (int round, int position) = Math.DivRem(sources[0] - loop.Start, loop.Period);
        int step = sources.Length > 1 && sources[1] < sources[0] ? -1 : 1;
        for (int i = 1; i < sources.Length; i++)
        {
            if (sources[i] != sources[0] + (i * step * loop.Period) || !Holds(sources[i]))
            {
                return null;
            }
        }
        if (same[position] is { } fixedResult)
        {
            return fixedResult.Unsqueeze(0).BroadcastTo([sources.Length, .. fixedResult.Shape]);
        }
        Tensor rows = ArrayOf(position);
        return step > 0 && sources.Length == loop.Rounds ? rows : rows.Slice(0, round, sources.Length, step);
    }

    /// <summary>Gives whole arrays other shapes.</summary>
    private void Reshape()
    {
        for (int position = 0; position < loop.Period; position++)
        {
            int[] sources = [.. Enumerable.Range(0, loop.Rounds).Select(round => loop.Source(round, position, 0))];
            outputs[position] = whole.RowsOf(sources).Reshape([loop.Rounds, .. function.Nodes[loop.Start + position].Spec.Shape]);
        }
    }

    private Tensor ArrayOf(int position) => arrayOfOperation.TryGetValue(position, out int array) ? arrays[array] : outputs[position];

    /// <summary>Issues what is the same in all rounds, and puts side by side what differs.</summary>
    private void Prepare(int position)
    {
        int node = loop.Start + position;
        RecordedNode operation = function.Nodes[node];
        if (loop.IsFixed[position])
        {
            same[position] = Issue(position, input => InputBefore(position, input));
            return;
        }
        if (operation.Boxed is FillOperation && loop.IsMoved[position])
        {
            arrayOfOperation[position] = ArrayOfNumbers(position, operation);
            return;
        }
        if (operation.Boxed is StridedCopyOperation && loop.IsMoved[position])
        {
            arrayOfOperation[position] = Add(SlicesOf(position));
            return;
        }
        for (int input = 0; input < loop.Sources[position].Length; input++)
        {
            LoopSource source = loop.Sources[position][input];
            if (source.Kind == LoopSource.Of.Rows)
            {
                arrayOfInput[(position, input)] = ArrayOfSources(position, input);
            }
            else if (source is { Kind: LoopSource.Of.Made, Lag: > 0 })
            {
                chainOf[(position, input)] = ChainOf(position, input, source);
            }
        }
    }

    private int Add(Tensor array)
    {
        arrays.Add(array);
        return arrays.Count - 1;
    }

    private int ArrayOfNumbers(int position, RecordedNode operation)
    {
        double[] numbers = new double[loop.Rounds];
        for (int round = 0; round < numbers.Length; round++)
        {
            numbers[round] = ((FillOperation)function.Nodes[loop.Node(round, position)].Boxed).Value;
        }
        int known = numbersListed.FindIndex(list => list.Spec == operation.Spec && list.Numbers.AsSpan().SequenceEqual(numbers));
        if (known >= 0)
        {
            return numbersListed[known].Array;
        }
        Shape shape = operation.Spec.Shape;
        Tensor rows = Tensor.From(numbers).To(operation.Spec.DType).Reshape([loop.Rounds, .. Enumerable.Repeat(1, shape.Rank)]);
        int array = Add(rows.BroadcastTo([loop.Rounds, .. shape]));
        numbersListed.Add((operation.Spec, numbers, array));
        return array;
    }

    private Tensor SlicesOf(int position)
    {
        LoopSource source = loop.Sources[position][0];
        RecordedNode[] nodes = [.. Enumerable.Range(0, loop.Rounds).Select(round => function.Nodes[loop.Node(round, position)])];
        if (source.Kind == LoopSource.Of.Rows)
        {
            return Tensor.Stack([.. nodes.Select((node, round) =>
                node.Issue([Shown(whole.TensorOf(loop.Source(round, position, 0)), source)]))]);
        }
        Tensor x = InputBefore(position, 0);
        return MovedSlices.TryOf(x, [.. nodes.Select(node => (StridedCopyOperation)node.Boxed)])
            ?? Tensor.Stack([.. nodes.Select(node => node.Issue([x]))]);
    }

    private int ArrayOfSources(int position, int input)
    {
        int[] sources = [.. Enumerable.Range(0, loop.Rounds).Select(round => loop.Source(round, position, input))];
        int known = listed.FindIndex(list => list.AsSpan().SequenceEqual(sources));
        if (known >= 0)
        {
            return known;
        }
        Tensor rows = whole.RowsOf(sources);
        while (listed.Count < arrays.Count)
        {
            listed.Add([]);
        }
        listed.Add(sources);
        return Add(rows);
    }

    /// <summary>The parts of the carry that bring a result to later rounds.</summary>
    private Chain ChainOf(int position, int input, LoopSource source)
    {
        int[] initial = [.. Enumerable.Range(0, source.Lag).Select(round => loop.Source(round, position, input))];
        Chain? known = chains.Find(chain => chain.Position == source.Place && chain.Initial.AsSpan().SequenceEqual(initial));
        if (known is null)
        {
            known = new Chain(source.Place, carries, initial);
            carries += source.Lag;
            chains.Add(known);
        }
        return known;
    }

    private void Run(int[] wanted)
    {
        List<Tensor> carry = [];
        foreach (Chain chain in chains)
        {
            // The last part is what the first round reads.
            carry.AddRange(chain.Initial.Reverse().Select(source => Real(whole.TensorOf(source))));
        }
        if (carry.Count == 0)
        {
            carry.Add(Tensor.Zeros(Shape.Scalar, DType.Float64));
        }
        int[] kept = [.. wanted.Where(position => !IsLastAlone(position))];
        ScanCall call = new([.. carry], [.. arrays], loop.Rounds, isReverse: false, Body, ((ScanCall.RoundFunction)Body).Method);
        (Tensor[] final, Tensor[] made) = call.Run();
        for (int i = 0; i < kept.Length; i++)
        {
            outputs[kept[i]] = made[i];
        }
        foreach (Chain chain in chains)
        {
            last[chain.Position] = final[chain.Place];
        }

        (Tensor[] Carry, Tensor[] Outputs) Body(Tensor[] state, Tensor[] slices)
        {
            Tensor[] results = new Tensor[loop.Period];
            for (int position = 0; position < results.Length; position++)
            {
                results[position] = same[position]
                    ?? (arrayOfOperation.TryGetValue(position, out int array) ? slices[array]
                        : Issue(position, input => InputIn(position, input, results, state, slices)));
            }
            Tensor[] next = state;
            if (chains.Count > 0)
            {
                next = new Tensor[state.Length];
                foreach (Chain chain in chains)
                {
                    for (int part = 0; part < chain.Initial.Length; part++)
                    {
                        next[chain.Place + part] = part == 0 ? results[chain.Position] : state[chain.Place + part - 1];
                    }
                }
            }
            return (next, Array.ConvertAll(kept, position => results[position]));
        }
    }

    /// <summary>Whether the carry after the last round is all that is used of an operation's results.</summary>
    private bool IsLastAlone(int position) => chains.Exists(chain => chain.Position == position) && function.IsUsedAtEndAlone(loop, position);

    /// <summary>Issues an operation, with its check.</summary>
    private Tensor Issue(int position, Func<int, Tensor> inputOf)
    {
        int node = loop.Start + position;
        Tensor[] inputs = [.. Enumerable.Range(0, function.Nodes[node].Inputs.Length).Select(inputOf)];
        Tensor result = function.Nodes[node].Issue(inputs);
        if (function.CheckOf(node) is { } check)
        {
            int value = inputs.Length;
            StepCheck.Add(result, check.Subject, check.Part,
                loop.Sources[position][value] is { Kind: LoopSource.Of.Fixed, Place: RecordedFunction.Elsewhere } ? check.Value : inputOf(value));
        }
        return result;
    }

    /// <summary>An input of an operation that needs no round.</summary>
    private Tensor InputBefore(int position, int input)
    {
        LoopSource source = loop.Sources[position][input];
        return Shown(source.Kind == LoopSource.Of.Fixed ? whole.TensorOf(source.Place) : same[source.Place]!, source);
    }

    private Tensor InputIn(int position, int input, Tensor[] results, Tensor[] state, Tensor[] slices)
    {
        LoopSource source = loop.Sources[position][input];
        return Shown(source.Kind switch
        {
            LoopSource.Of.Fixed => whole.TensorOf(source.Place),
            LoopSource.Of.Rows => slices[arrayOfInput[(position, input)]],
            _ => source.Lag == 0 ? results[source.Place] : state[chainOf[(position, input)].Place + source.Lag - 1],
        }, source);
    }

    private static Tensor Shown(Tensor tensor, LoopSource source) => source.IsDetached ? tensor.Detach() : tensor;

    private static Tensor Real(Tensor tensor) => tensor.IsWeak ? tensor.To(DType.Float64) : tensor.In(Layout.RowMajor);

    /// <summary>A result that later rounds read.</summary>
    /// <param name="Position">The operation.</param>
    /// <param name="Place">The first of its parts in the carry: the result of the round before, then those of earlier ones.</param>
    /// <param name="Initial">What the first rounds read, in their order; as many as rounds pass until it is read.</param>
    private sealed record Chain(int Position, int Place, int[] Initial);
}
