using Pyrite.Programs.Scans;

namespace Pyrite.Programs.Functions;

/// <summary>A loop of a recording, issued as one scan, or as operations on whole arrays where no round waits for another one.</summary>
internal sealed class RolledLoop
{
    private readonly RecordedFunction function;
    private readonly RolledFunction whole;
    private readonly LoopRegion loop;
    private readonly LoopInputs? inputs;
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
        if (loop.OnlyReshapes)
        {
            Reshape();
            return;
        }
        inputs = new LoopInputs(function, whole, loop);
        int[] wanted = [.. function.UsedAfter(loop).Where(inputs.IsMade).Order()];
        if (loop.Order is not { } order)
        {
            Run(inputs, new HashSet<int>(Enumerable.Range(0, loop.Period)), wanted, new HashSet<int>());
            return;
        }
        if (order.Core.Count > 0)
        {
            IEnumerable<int> others = order.Positions.Concat(order.Sums.SelectMany(sum => sum.Terms).Select(term => term.Position));
            HashSet<int> read = [.. others.SelectMany(position => loop.Sources[position])
                .Where(source => source.Kind == LoopSource.Of.Made && order.Core.Contains(source.Place))
                .Select(source => source.Place).Where(inputs.IsMade)];
            Run(inputs, order.Core, wanted, read);
        }
        (Dictionary<int, Tensor> rows, Dictionary<int, Tensor> sums) =
            LiftedRounds.Run(whole, loop, inputs, order, outputs, wanted.Where(position => !order.Core.Contains(position)));
        foreach ((int position, Tensor result) in rows)
        {
            outputs[position] = result;
        }
        foreach ((int position, Tensor sum) in sums)
        {
            last[position] = sum;
        }
    }

    /// <summary>How many operations a round has.</summary>
    public int Period => loop.Period;

    /// <summary>Whether an operation belongs to the loop.</summary>
    public bool Holds(int node) => node >= loop.Start && node < loop.End;

    /// <summary>The result of an operation in one round.</summary>
    public Tensor Row(int node)
    {
        (int round, int position) = Math.DivRem(node - loop.Start, loop.Period);
        return inputs?.Same(position)
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
        if (inputs?.Same(position) is { } fixedResult)
        {
            return fixedResult.Unsqueeze(0).BroadcastTo([sources.Length, .. fixedResult.Shape]);
        }
        if (sources.Length == 1 && round == loop.Rounds - 1 && last.TryGetValue(position, out Tensor? final))
        {
            return final.Unsqueeze(0);
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

    private Tensor ArrayOf(int position) => inputs?.ArrayOf(position) is >= 0 and int array ? inputs.Arrays[array] : outputs[position];

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

    /// <summary>Runs operations round after round.</summary>
    /// <param name="given">What the rounds are given.</param>
    /// <param name="core">The operations.</param>
    /// <param name="wanted">Those of the loop whose results are wanted after it.</param>
    /// <param name="read">Those whose results others read in every round.</param>
    private void Run(LoopInputs given, IReadOnlySet<int> core, int[] wanted, IReadOnlySet<int> read)
    {
        int[] positions = [.. core.Order()];
        foreach (int position in positions.Where(given.IsMade))
        {
            for (int input = 0; input < loop.Sources[position].Length; input++)
            {
                if (loop.Sources[position][input] is { Kind: LoopSource.Of.Made, Lag: > 0 } source)
                {
                    chainOf[(position, input)] = ChainOf(position, input, source);
                }
            }
        }
        List<Tensor> carry = [];
        foreach (Chain chain in chains)
        {
            // The last part is what the first round reads.
            carry.AddRange(chain.Initial.Reverse().Select(source => LoopInputs.Real(whole.TensorOf(source))));
        }
        if (carry.Count == 0)
        {
            carry.Add(Tensor.Zeros(Shape.Scalar, DType.Float64));
        }
        int[] kept = [.. wanted.Where(position => core.Contains(position) && !IsLastAlone(position)).Union(read).Order()];
        IEnumerable<int> carried = chains.Select(chain => given.ArrayOf(chain.Position)).Where(array => array >= 0);
        int[] used = [.. positions.Where(given.IsMade).SelectMany(given.ArraysOf).Concat(carried).Distinct().Order()];
        Tensor[] arrays = [.. used.Select(array => given.Arrays[array])];
        ScanCall call = new([.. carry], arrays, loop.Rounds, isReverse: false, Body, ((ScanCall.RoundFunction)Body).Method);
        (Tensor[] final, Tensor[] made) = call.Run();
        for (int i = 0; i < kept.Length; i++)
        {
            outputs[kept[i]] = made[i];
        }
        foreach (Chain chain in chains)
        {
            last[chain.Position] = final[chain.Place];
        }

        (Tensor[] Carry, Tensor[] Outputs) Body(Tensor[] state, Tensor[] usedSlices)
        {
            Tensor[] results = new Tensor[loop.Period], slices = new Tensor[given.Arrays.Count];
            for (int i = 0; i < used.Length; i++)
            {
                slices[used[i]] = usedSlices[i];
            }
            foreach (int position in positions)
            {
                results[position] = given.Same(position)
                    ?? (given.ArrayOf(position) is >= 0 and int array ? slices[array]
                        : given.Issue(position, input => given.Find(position, input, slices, source =>
                            source.Lag == 0 ? results[source.Place] : state[chainOf[(position, input)].Place + source.Lag - 1])));
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

    /// <summary>A result that later rounds read.</summary>
    /// <param name="Position">The operation.</param>
    /// <param name="Place">The first of its parts in the carry: the result of the round before, then those of earlier ones.</param>
    /// <param name="Initial">What the first rounds read, in their order; as many as rounds pass until it is read.</param>
    private sealed record Chain(int Position, int Place, int[] Initial);
}
