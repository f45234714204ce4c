using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Programs.Scans;

/// <summary>A body that is one step of a forward algorithm: the next carry is log Σᵢ exp(carryᵢ + matrixᵢⱼ), and an input of the round is added, to
/// the carry before or to the result.</summary>
/// <remarks>Such rounds need no exponential and no logarithm one after the other: in numbers that are scaled so that none gets too small they are
/// products with a matrix (Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77, 1989, section V.A), and what is taken of all rounds is
/// taken in vectors. A carry of several sequences side by side has its states last.</remarks>
internal sealed class LogSumRounds
{
    private LogSumRounds(int matrix, int addend, int states, int[] places, bool isDetached, bool addsFirst)
    {
        (Matrix, Addend, States, Places, IsDetached, AddsFirst) = (matrix, addend, states, places, isDetached, addsFirst);
    }

    /// <summary>The place of the matrix among what is given.</summary>
    public int Matrix { get; }

    /// <summary>The place of the input that is added; -1 for none.</summary>
    public int Addend { get; }

    /// <summary>How many numbers of the carry belong to one sequence.</summary>
    public int States { get; }

    /// <summary>Where the matrix has what leads from state i to state j, at i times the number of states plus j.</summary>
    public int[] Places { get; }

    /// <summary>Whether no gradient flows to the matrix.</summary>
    public bool IsDetached { get; }

    /// <summary>Whether the input is added before.</summary>
    public bool AddsFirst { get; }

    /// <summary>Whether a body is of this kind, and how; null where it is not.</summary>
    /// <param name="body">The body.</param>
    public static LogSumRounds? Of(ScanBody body)
    {
        if (body.Type != DType.Float64 || body.Carries != 1 || body.Checked.Length > 0 || Array.Exists(body.Outputs, output => output != body.Next[0])
            || Array.Exists(body.Nodes, node => !HasPlainHistory(body, node)))
        {
            return null;
        }
        int sum = body.Next[0], addend = -1;
        if (SumOf(body, sum) is { } round)
        {
            bool isFirst = IsInput(body, round.Inputs[0]);
            if (!isFirst && !IsInput(body, round.Inputs[1]))
            {
                return null;
            }
            addend = -1 - round.Inputs[isFirst ? 0 : 1];
            sum = round.Inputs[isFirst ? 1 : 0];
        }
        while (sum >= 0 && IsReshape(body.Nodes[sum].Operation))
        {
            sum = body.Nodes[sum].Operation.Inputs[0];
        }
        if (sum < 0 || body.Nodes[sum].Operation is not { Boxed: ILogSumOperation { IsLogSum: true } } lanes)
        {
            return null;
        }
        int terms = lanes.Inputs[0];
        Shape blocks = body.SpecOf(terms).Shape;
        while (terms >= 0 && IsReshape(body.Nodes[terms].Operation))
        {
            terms = body.Nodes[terms].Operation.Inputs[0];
        }
        if (SumOf(body, terms) is not { } pairs)
        {
            return null;
        }
        int first = -1;
        if (Walk(body, pairs.Inputs[0], pairs.Spec.Shape, ref first) is not { } a
            || Walk(body, pairs.Inputs[1], pairs.Spec.Shape, ref first) is not { } b
            || (first >= 0 && addend >= 0))
        {
            return null;
        }
        (int, bool) added = first >= 0 ? (first, true) : (addend, false);
        return a.Given == 0 ? Of(body, a.Places, b, added, blocks) : b.Given == 0 ? Of(body, b.Places, a, added, blocks) : null;
    }

    private static LogSumRounds? Of(ScanBody body, int[] carry, (int Given, int[] Places) matrix, (int Place, bool IsFirst) addend, Shape blocks)
    {
        int states = blocks[1], all = (int)body.Given[0].Shape.Count, inner = blocks[2];
        if (matrix.Given < body.Carries + body.Inputs || states < 2 || all % states != 0 || blocks[0] * inner != all)
        {
            return null;
        }
        int[] places = new int[states * states];
        for (int result = 0; result < all; result++)
        {
            (int sequence, int to) = Math.DivRem(result, states);
            bool[] seen = new bool[states];
            for (int term = 0; term < states; term++)
            {
                int element = (((result / inner * states) + term) * inner) + (result % inner), from = carry[element] - (sequence * states);
                if (from < 0 || from >= states || seen[from] || (sequence > 0 && places[(from * states) + to] != matrix.Places[element]))
                {
                    return null;
                }
                seen[from] = true;
                places[(from * states) + to] = matrix.Places[element];
            }
        }
        bool isDetached = Array.Exists(body.Nodes, node => Array.IndexOf(node.Operation.Inputs, -1 - matrix.Given) is >= 0 and int input
            && node.Histories[input] == BodyNode.Detached);
        return new LogSumRounds(matrix.Given, addend.Place, states, places, isDetached, addend.IsFirst);
    }

    /// <summary>Whether gradients flow to all that an operation reads, but for captured tensors.</summary>
    private static bool HasPlainHistory(ScanBody body, BodyNode node)
    {
        for (int i = 0; i < node.Histories.Length; i++)
        {
            int input = node.Operation.Inputs[i];
            if (node.Histories[i] != input && !(node.Histories[i] == BodyNode.Detached && -1 - input >= body.Carries + body.Inputs))
            {
                return false;
            }
        }
        return true;
    }

    private static RecordedNode? SumOf(ScanBody body, int source) =>
        source >= 0 && body.Nodes[source].Operation is { Boxed: Zip<AddKernel> } sum && sum.Spec.DType == DType.Float64 ? sum : null;

    private static bool IsInput(ScanBody body, int source) =>
        source < 0 && -1 - source >= body.Carries && -1 - source < body.Carries + body.Inputs && body.Given[-1 - source] == body.Given[0];

    private static bool IsReshape(RecordedNode operation) => operation is { IsAlias: true, Name: "reshape" };

    /// <summary>What is given at the end of reshapes and copies, and which of its elements stand where, spread to a shape; the sum of the carry and
    /// an input of the round, whose place is told, counts for the carry.</summary>
    private static (int Given, int[] Places)? Walk(ScanBody body, int source, Shape target, ref int added)
    {
        Shape shape = body.SpecOf(source).Shape;
        List<int> places = AxisWalks.Places(AxisWalks.Broadcast(shape, target), shape);
        while (source >= 0)
        {
            RecordedNode operation = body.Nodes[source].Operation;
            if (operation.Boxed is StridedCopyOperation copy)
            {
                List<int> read = AxisWalks.Places(copy.Walks, body.SpecOf(operation.Inputs[0]).Shape);
                places = places.ConvertAll(place => read[place]);
            }
            else if (SumOf(body, source) is { } sum && added < 0)
            {
                int other = sum.Inputs[0] == -1 ? sum.Inputs[1] : sum.Inputs[1] == -1 ? sum.Inputs[0] : 0;
                if (!IsInput(body, other))
                {
                    return null;
                }
                added = -1 - other;
                source = -1;
                continue;
            }
            else if (!IsReshape(operation))
            {
                return null;
            }
            source = operation.Inputs[0];
        }
        TensorSpec spec = body.Given[-1 - source];
        return spec is { DType: DType.Float64, Layout: Layout.RowMajor } ? (-1 - source, [.. places]) : null;
    }
}
