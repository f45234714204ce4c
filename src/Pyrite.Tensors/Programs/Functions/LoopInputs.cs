using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;

namespace Pyrite.Programs.Functions;

/// <summary>What the rounds of a loop are given: results that are the same in all of them, and arrays [T, ..] of what differs.</summary>
internal sealed class LoopInputs
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

    /// <param name="function">The recording.</param>
    /// <param name="whole">What issues it; all before the loop is there.</param>
    /// <param name="loop">The loop.</param>
    public LoopInputs(RecordedFunction function, RolledFunction whole, LoopRegion loop)
    {
        (this.function, this.whole, this.loop) = (function, whole, loop);
        same = new Tensor?[loop.Period];
        for (int position = 0; position < loop.Period; position++)
        {
            Prepare(position);
        }
    }

    /// <summary>The arrays, each with a slice for every round.</summary>
    public IReadOnlyList<Tensor> Arrays => arrays;

    /// <summary>The result of an operation that is the same in all rounds; null for others.</summary>
    public Tensor? Same(int position) => same[position];

    /// <summary>The array of the results of an operation that are there before the loop; -1 for others.</summary>
    public int ArrayOf(int position) => arrayOfOperation.TryGetValue(position, out int array) ? array : -1;

    /// <summary>Whether an operation runs in the rounds.</summary>
    public bool IsMade(int position) => same[position] is null && !arrayOfOperation.ContainsKey(position);

    /// <summary>The arrays whose slices an operation of the rounds reads.</summary>
    public IEnumerable<int> ArraysOf(int position) => Enumerable.Range(0, loop.Sources[position].Length)
        .Select(input => arrayOfInput.TryGetValue((position, input), out int rows) ? rows
            : loop.Sources[position][input] is { Kind: LoopSource.Of.Made, Lag: 0 } source ? ArrayOf(source.Place) : -1)
        .Where(array => array >= 0);

    /// <summary>What an operation reads in a round, detached where no gradient flows.</summary>
    /// <param name="position">The operation.</param>
    /// <param name="input">Which of its sources.</param>
    /// <param name="slices">The slices of the arrays.</param>
    /// <param name="made">Gives results of this round and of earlier ones.</param>
    public Tensor Find(int position, int input, IReadOnlyList<Tensor> slices, Func<LoopSource, Tensor> made)
    {
        LoopSource source = loop.Sources[position][input];
        Tensor tensor = source.Kind switch
        {
            LoopSource.Of.Fixed => whole.TensorOf(source.Place),
            LoopSource.Of.Rows => slices[arrayOfInput[(position, input)]],
            _ => made(source),
        };
        return source.IsDetached ? tensor.Detach() : tensor;
    }

    /// <summary>Issues an operation, with its check.</summary>
    /// <param name="position">The operation.</param>
    /// <param name="inputOf">Gives its sources.</param>
    /// <param name="seen">What a check sees of its verdict and of its value; null for both as they are.</param>
    public Tensor Issue(int position, Func<int, Tensor> inputOf, Func<Tensor, bool, Tensor>? seen = null)
    {
        int node = loop.Start + position;
        Tensor[] inputs = [.. Enumerable.Range(0, function.Nodes[node].Inputs.Length).Select(inputOf)];
        Tensor result = function.Nodes[node].Issue(inputs);
        if (function.CheckOf(node) is { } check)
        {
            int value = inputs.Length;
            Tensor looked =
                loop.Sources[position][value] is { Kind: LoopSource.Of.Fixed, Place: RecordedFunction.Elsewhere } ? check.Value : inputOf(value);
            StepCheck.Add(seen is null ? result : seen(result, true), check.Subject, check.Part, seen is null ? looked : seen(looked, false));
        }
        return result;
    }

    /// <summary>A tensor of a type and layout that loops carry.</summary>
    public static Tensor Real(Tensor tensor) => tensor.IsWeak ? tensor.To(DType.Float64) : tensor.In(Layout.RowMajor);

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
        if (IsShapeOfRows(position))
        {
            LoopSource source = loop.Sources[position][0];
            int rows = source.Kind == LoopSource.Of.Rows ? ArrayOfSources(position, 0) : ArrayOf(source.Place);
            arrayOfOperation[position] = Add(arrays[rows].Reshape([loop.Rounds, .. operation.Spec.Shape]));
            return;
        }
        for (int input = 0; input < loop.Sources[position].Length; input++)
        {
            if (loop.Sources[position][input].Kind == LoopSource.Of.Rows)
            {
                arrayOfInput[(position, input)] = ArrayOfSources(position, input);
            }
        }
    }

    /// <summary>Whether an operation gives the slices of an array another shape, which the whole array may have as well: bodies stay as they are
    /// written for <see cref="Scan"/>.</summary>
    private bool IsShapeOfRows(int position)
    {
        RecordedNode operation = function.Nodes[loop.Start + position];
        return operation is { IsAlias: true, Name: "reshape", Spec.Layout: Layout.RowMajor }
            && function.CheckOf(loop.Start + position) is null
            && loop.Sources[position] is [{ IsDetached: false } source]
            && (source.Kind == LoopSource.Of.Rows || (source is { Kind: LoopSource.Of.Made, Lag: 0 } && ArrayOf(source.Place) >= 0));
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
        RecordedNode[] nodes = [.. Enumerable.Range(0, loop.Rounds).Select(round => function.Nodes[loop.Node(round, position)])];
        LoopSource source = loop.Sources[position][0];
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

    /// <summary>An input of an operation that needs no round.</summary>
    private Tensor InputBefore(int position, int input)
    {
        LoopSource source = loop.Sources[position][input];
        return Shown(source.Kind == LoopSource.Of.Fixed ? whole.TensorOf(source.Place) : same[source.Place]!, source);
    }

    private static Tensor Shown(Tensor tensor, LoopSource source) => source.IsDetached ? tensor.Detach() : tensor;
}
