using Pyrite.Engine;

namespace Pyrite.Programs.Scans;

/// <summary>What happens in every round of a scan: operations that make the next carry and the outputs of a round from the carry, the round's inputs
/// and tensors from outside.</summary>
/// <remarks>Given are, in this order, the parts of the carry, the inputs of the round, and the captured tensors. Never changes, so that any number of
/// scans share one.</remarks>
internal sealed class ScanBody : IEquatable<ScanBody>
{
    private readonly Dictionary<(string Wanted, bool IsSilent, bool ReadsCarries), ScanGradient> gradients = [];
    private bool?[]? hasHistory;
    private int hash;
    private LogSumRounds? logSums;
    private bool hasLookedForLogSums;

    /// <summary>The operations.</summary>
    public required BodyNode[] Nodes { get; init; }

    /// <summary>What is given.</summary>
    public required TensorSpec[] Given { get; init; }

    /// <summary>How many parts the carry has.</summary>
    public required int Carries { get; init; }

    /// <summary>How many inputs a round has.</summary>
    public required int Inputs { get; init; }

    /// <summary>The sources of the next carry.</summary>
    public required int[] Next { get; init; }

    /// <summary>The sources of the outputs.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>The type of the carry and of all outputs.</summary>
    public required DType Type { get; init; }

    /// <summary>How a round runs.</summary>
    public ScanRounds Rounds => field ??= new ScanRounds(this);

    /// <summary>The rounds as those of a forward algorithm; null where they are others.</summary>
    public LogSumRounds? LogSums
    {
        get
        {
            if (!hasLookedForLogSums)
            {
                logSums = LogSumRounds.Of(this);
                hasLookedForLogSums = true;
            }
            return logSums;
        }
    }

    /// <summary>The rounds as those that run back through a forward algorithm; null where they are others.</summary>
    public LogSumBack? LogSumBack { get; set; }

    /// <summary>Whether a gradient of gradients has read the carries that the scan kept, so that they have gradients of their own from then
    /// on.</summary>
    public bool HasReadCarries { get; set; }

    /// <summary>The sources of values that checks look at.</summary>
    public int[] Checked { get; init; } = [];

    /// <summary>The same with other outputs.</summary>
    public ScanBody With(int[] outputs) =>
        new() { Nodes = Nodes, Given = Given, Carries = Carries, Inputs = Inputs, Next = Next, Outputs = outputs, Type = Type };

    /// <summary>What a source looks like.</summary>
    public TensorSpec SpecOf(int source) => source < 0 ? Given[-1 - source] : Nodes[source].Operation.Spec;

    /// <summary>Whether gradients flow through a source.</summary>
    public bool HasHistory(int source)
    {
        hasHistory ??= new bool?[Nodes.Length];
        return source < 0 ? Given[-1 - source].DType.IsFloatingPoint : hasHistory[source] ??= SpecOf(source).DType.IsFloatingPoint
            && Array.Exists(Nodes[source].Histories, history => history != BodyNode.Detached && HasHistory(history));
    }

    /// <summary>The body of the scan that runs back through the rounds.</summary>
    /// <param name="wanted">Which of the inputs and captured tensors want gradients.</param>
    /// <param name="isSilent">Whether gradients of 0 are final; see <see cref="SilentZeros"/>.</param>
    public ScanGradient GradientFor(bool[] wanted, bool isSilent)
    {
        bool readsCarries = HasReadCarries;
        string key = string.Concat(wanted.Select(want => want ? '1' : '0'));
        lock (gradients)
        {
            if (!gradients.TryGetValue((key, isSilent, readsCarries), out ScanGradient? known))
            {
                gradients[(key, isSilent, readsCarries)] = known = ScanGradient.Of(this, wanted, isSilent, readsCarries);
            }
            return known;
        }
    }

    public bool Equals(ScanBody? other) => ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && Carries == other.Carries && Inputs == other.Inputs && Type == other.Type
            && Given.AsSpan().SequenceEqual(other.Given) && Next.AsSpan().SequenceEqual(other.Next) && Outputs.AsSpan().SequenceEqual(other.Outputs)
            && Checked.AsSpan().SequenceEqual(other.Checked)
            && Nodes.Length == other.Nodes.Length && Nodes.Zip(other.Nodes).All(pair => pair.First.IsSame(pair.Second)));

    public override bool Equals(object? obj) => Equals(obj as ScanBody);

    public override int GetHashCode()
    {
        if (hash == 0)
        {
            HashCode code = default;
            foreach (BodyNode node in Nodes)
            {
                code.Add(node.Operation.Name);
                Array.ForEach(node.Operation.Inputs, code.Add);
            }
            Array.ForEach(Next, code.Add);
            code.Add(Given.Length);
            hash = code.ToHashCode() | 1;
        }
        return hash;
    }
}
