using Pyrite.Programs.Scans;

namespace Pyrite.Programs.Functions;

/// <summary>Runs what no round waits for over all rounds at once: operations on tensors with a hidden axis of rounds.</summary>
internal sealed class LiftedRounds
{
    private readonly RolledFunction whole;
    private readonly LoopRegion loop;
    private readonly LoopInputs inputs;
    private readonly LiftingScope scope;
    private readonly HiddenAxis axis;
    private readonly Tensor[] slices;
    private readonly Tensor[] results;
    private readonly Dictionary<(int Position, int Input), Tensor> earlier = [];

    private LiftedRounds(RolledFunction whole, LoopRegion loop, LoopInputs inputs, IReadOnlyDictionary<int, Tensor> carried, LiftingScope scope)
    {
        (this.whole, this.loop, this.inputs, this.scope) = (whole, loop, inputs, scope);
        axis = scope.NewAxis("rounds", loop.Rounds);
        slices = [.. inputs.Arrays.Select(Lift)];
        results = new Tensor[loop.Period];
        for (int position = 0; position < results.Length; position++)
        {
            if (carried.TryGetValue(position, out Tensor? rows))
            {
                results[position] = Lift(rows);
            }
            else if (!inputs.IsMade(position))
            {
                results[position] = inputs.Same(position) ?? slices[inputs.ArrayOf(position)];
            }
        }
    }

    /// <summary>Runs the rounds.</summary>
    /// <param name="whole">What issues the recording; all before the loop is there.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="inputs">What it is given.</param>
    /// <param name="order">The order of its operations.</param>
    /// <param name="carried">The results [T, ..] of those that have run round after round, as far as others read them.</param>
    /// <param name="wanted">The operations whose results are wanted.</param>
    /// <returns>The wanted results [T, ..], and the sums after the last round, by operation.</returns>
    public static (Dictionary<int, Tensor> Rows, Dictionary<int, Tensor> Sums) Run(RolledFunction whole, LoopRegion loop, LoopInputs inputs,
        LoopOrder order, IReadOnlyDictionary<int, Tensor> carried, IEnumerable<int> wanted)
    {
        using LiftingScope scope = LiftingScope.Begin();
        LiftedRounds rounds = new(whole, loop, inputs, carried, scope);
        foreach (int position in order.Positions.Where(inputs.IsMade))
        {
            rounds.results[position] = inputs.Issue(position, input => rounds.InputOf(position, input), rounds.Seen);
        }
        Dictionary<int, Tensor> sums = order.Sums.ToDictionary(sum => sum.Terms[^1].Position, rounds.Total);
        return (wanted.Where(position => !sums.ContainsKey(position)).ToDictionary(position => position,
            position => rounds.RowsOf(rounds.results[position])), sums);
    }

    private Tensor InputOf(int position, int input) => inputs.Find(position, input, slices, source =>
        source.Lag == 0 ? results[source.Place] : Earlier(position, input, source));

    /// <summary>A result of so many rounds ago; the first rounds read what was there before.</summary>
    private Tensor Earlier(int position, int input, LoopSource source)
    {
        if (!earlier.TryGetValue((position, input), out Tensor? shifted))
        {
            Tensor before = whole.RowsOf([.. Enumerable.Range(0, source.Lag).Select(round => loop.Source(round, position, input))]);
            Tensor after = RowsOf(results[source.Place]).Slice(0, 0, loop.Rounds - source.Lag);
            earlier[(position, input)] = shifted = Lift(Tensor.Concat([LoopInputs.Real(before), after]));
        }
        return shifted;
    }

    private Tensor Total(LoopOrder.Sum sum)
    {
        Tensor total = LoopInputs.Real(whole.TensorOf(loop.Source(0, sum.First, sum.Input)));
        foreach (LoopOrder.Term term in sum.Terms)
        {
            Tensor added = InputOf(term.Position, term.Input);
            Tensor all = scope.FindCompact(added) is { } lifted ? lifted.Numbers.Sum(0) : added * loop.Rounds;
            total = term.IsSubtracted ? total - all : total + all;
        }
        return total;
    }

    private Tensor Lift(Tensor rows) => scope.Lift(rows, axis, rows.Shape[1..]);

    private Tensor RowsOf(Tensor result) => scope.FindCompact(result) is { } lifted
        ? lifted.Numbers.BroadcastTo([loop.Rounds, .. result.Shape])
        : LoopInputs.Real(result).Unsqueeze(0).BroadcastTo([loop.Rounds, .. result.Shape]);

    /// <summary>A check looks at all rounds together.</summary>
    private Tensor Seen(Tensor tensor, bool isVerdict) => scope.FindCompact(tensor) is not { } lifted ? tensor
        : isVerdict ? lifted.Numbers.To(DType.Float64).AllWithin(ScanVerdict.Holding)
        : lifted.Numbers;
}
