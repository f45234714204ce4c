namespace Pyrite.Engine;

/// <summary>One vertex of the gradient graph: a tracked tensor and how it came about.</summary>
internal abstract class GradientNode
{
    [ThreadStatic]
    private static long clock;

    /// <summary>The backward pass that uses <see cref="Slot"/> at present.</summary>
    public object? Owner;

    /// <summary>The place of this node in the pass that owns it.</summary>
    public int Slot { get; set; }

    /// <summary>Whether gradients end here.</summary>
    public virtual bool IsLeaf => false;

    /// <summary>A number that grows along every path, so that sorting by it is a topological order.</summary>
    public long Order { get; protected init; }

    /// <summary>The operation's name.</summary>
    public virtual string Name => "variable";

    /// <summary>Where the operation was called, if that was kept.</summary>
    public virtual string? CallSite => null;

    /// <summary>Whether entries may be left out here, so that zeros in the gradients of the inputs are final; see
    /// <see cref="SilentZeros"/>.</summary>
    public virtual bool Silences => false;

    /// <summary>The inputs of the operation; none for a variable.</summary>
    public virtual ReadOnlySpan<Tensor> Inputs => [];

    /// <summary>The result of the operation; null for a variable.</summary>
    public virtual Tensor? Output => null;

    /// <summary>Which numbers its rule reads.</summary>
    public virtual GradientReads Reads => GradientReads.None;

    /// <summary>A number larger than that of every input.</summary>
    protected static long OrderAfter(ReadOnlySpan<Tensor> inputs)
    {
        long latest = clock;
        foreach (Tensor input in inputs)
        {
            latest = Math.Max(latest, input.Node?.Order ?? 0);
        }
        return clock = latest + 1;
    }

    /// <summary>The gradient of one input.</summary>
    public virtual Tensor? Pullback(Tensor upstream, int input) => null;

    /// <summary>Whether a part of the input may have been read; see <see cref="Part"/>.</summary>
    public bool MayReadPart { get; protected init; }

    /// <summary>The gradient of the only input, if a part of that was read; see <see cref="IPartOperation"/>.</summary>
    public virtual GradientPart? Part(Tensor upstream) => null;
}
