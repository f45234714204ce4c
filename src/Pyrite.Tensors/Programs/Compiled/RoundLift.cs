using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>What a round computes without its carry, number by number: a loop over time, vector by vector, that runs before the rounds.</summary>
/// <remarks>The rounds read the results that they need from arrays of one number a round.</remarks>
internal sealed class RoundLift
{
    private readonly RoundProgram program;
    private readonly ProgramSimplification simple;
    private readonly DType type;
    private readonly Dictionary<int, RoundPort> inputs;
    private readonly HashSet<int> isFixed;
    private readonly HashSet<int> lifted = [];
    private readonly Dictionary<int, int> numbers = [];
    private readonly LoopWork work;

    /// <param name="program">The round.</param>
    /// <param name="simple">What stands for what.</param>
    /// <param name="schedule">What runs in a round; what is lifted is taken out.</param>
    public RoundLift(RoundProgram program, ProgramSimplification simple, List<ProgramOrder.Part> schedule)
    {
        (this.program, this.simple) = (program, simple);
        type = program.SpecOf(program.Carries[0].Source).DType;
        inputs = program.Inputs.Where(port => IsNumber(port.Source)).ToDictionary(port => port.Source);
        isFixed = [.. program.Fixed.Select(port => port.Source).Where(IsNumber)];
        List<int> order = [];
        foreach ((NodeKind kind, List<int> nodes) in schedule)
        {
            if (kind == NodeKind.Number && IsFree(nodes[0]))
            {
                lifted.Add(nodes[0]);
                order.Add(nodes[0]);
            }
        }
        RemoveTruthsThatRoundsRead(schedule, order);
        schedule.RemoveAll(part => part.Kind == NodeKind.Number && lifted.Contains(part.Nodes[0]));
        Read = [.. schedule.SelectMany(part => part.Nodes).SelectMany(simple.Inputs)];
        Read.UnionWith(schedule.SelectMany(part => part.Nodes).SelectMany(node => program.Node(node).Inputs).Select(program.MemoryOf));
        Read.UnionWith(program.Results);
        Read.UnionWith(program.Results.Select(simple.ValueOf));
        Results = [.. order.Where(Read.Contains)];
        work = new LoopWork(1 << 20, type, [], tailMask: null, program.KeepsBits);
        foreach (int node in order)
        {
            ElementwiseForm form = program.Node(node).Form!;
            int[] operands = [.. simple.Inputs(node)[..form.Operands].Select(Operand)];
            work.Instructions.Add(new LoopInstruction(NumberOf(node), form, operands));
        }
        work.Stores.UnionWith(Results.Select(NumberOf));
        Code = order.Count > 0 && Results.Length > 0 ? TileLoopCode.Of(work) : null;
    }

    /// <summary>The sources that rounds read.</summary>
    public HashSet<int> Read { get; }

    /// <summary>The values that rounds read, each from an array of its own.</summary>
    public int[] Results { get; }

    /// <summary>The loop; null where nothing is lifted.</summary>
    public ProgramRoutine? Code { get; }

    /// <summary>How many numbers the loop knows, each with an entry of its table after the first one.</summary>
    public int Entries => numbers.Count;

    /// <summary>What the entries of the loop's table stand for: an input, a result, or a number that stays the same.</summary>
    public IEnumerable<(int Entry, int Source)> Sources => numbers.Select(pair => (pair.Value, pair.Key));

    /// <summary>The array from which an input's numbers come; null for other sources.</summary>
    public RoundPort? InputOf(int source) => inputs.TryGetValue(source, out RoundPort port) ? port : null;

    private bool IsNumber(int source) => program.SpecOf(source) is { Shape.Count: 1 } spec && spec.DType == type;

    /// <summary>Whether a number depends on nothing that the carry has a part in, and can be computed in vectors.</summary>
    private bool IsFree(int node)
    {
        RecordedNode operation = program.Node(node);
        return operation.Form is { } form && (operation.Spec.DType == type || form.IsComparison)
            && (!program.KeepsBits || form.FitsSteps(type)) && operation.Boxed is IElementwiseOperation
            && simple.Inputs(node)[..form.Operands].Select((input, i) => IsReady(input, form.ReadsTruth && i == 0)).All(isReady => isReady);
    }

    private bool IsReady(int source, bool isTruth) => lifted.Contains(source)
        ? (program.SpecOf(source).DType == DType.Bool) == isTruth
        : !isTruth && (inputs.ContainsKey(source) || isFixed.Contains(source) || (!program.Depends(source) && program.SpecOf(source).DType == type));

    /// <summary>Truth values stay in registers of the loop, so what rounds read of them is computed there, with all that follows.</summary>
    private void RemoveTruthsThatRoundsRead(List<ProgramOrder.Part> schedule, List<int> order)
    {
        bool isTruth = true;
        while (isTruth)
        {
            HashSet<int> read = [.. schedule.SelectMany(part => part.Nodes).Where(node => !lifted.Contains(node)).SelectMany(simple.Inputs)];
            read.UnionWith(program.Results.Select(simple.ValueOf));
            isTruth = order.RemoveAll(node => program.SpecOf(node).DType == DType.Bool && read.Contains(node) && lifted.Remove(node)) > 0;
            isTruth |= order.RemoveAll(node => !IsFree(node) && lifted.Remove(node)) > 0;
        }
    }

    private int Operand(int source)
    {
        int number = NumberOf(source);
        if (!lifted.Contains(source) && !inputs.ContainsKey(source))
        {
            work.Singles.Add(number);
        }
        return number;
    }

    private int NumberOf(int source)
    {
        if (!numbers.TryGetValue(source, out int number))
        {
            numbers[source] = number = numbers.Count;
        }
        if (program.SpecOf(source).DType == DType.Bool)
        {
            work.Truths.Add(number);
        }
        return number;
    }
}
