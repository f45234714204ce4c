using Pyrite.Engine;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>What a segment of a step computes from tensors from outside and results of earlier segments.</summary>
/// <remarks>A number that was the same in every step so far is a constant until it changes; see <see cref="RecordedNode.IsVarying"/>.</remarks>
internal sealed class SegmentProgram : RecordedProgram
{
    private readonly int[] escapes;
    private readonly LiteralWatch watch = new();

    /// <param name="stream">The step's operations.</param>
    /// <param name="start">The first one.</param>
    /// <param name="end">The one after the last.</param>
    public SegmentProgram(RecordedStream stream, int start, int end)
        : base(stream, start, end)
    {
        escapes = [.. stream.Escapes.Where(escape => escape >= start && escape < end).Order()];
        Given = new GivenTensors(this);
        FindDependence();
        FindNeeded();
    }

    /// <summary>The tensors that are given.</summary>
    public GivenTensors Given { get; }

    /// <summary>The results that somebody outside of the segment reads.</summary>
    public ReadOnlySpan<int> Escapes => escapes;

    /// <summary>Bytes at the beginning of the block that hold what escapes.</summary>
    public int EscapeBytes { get; private set; }

    /// <summary>Whether a number has changed that was taken for a constant, so that the segment must be planned anew.</summary>
    public bool IsOutdated => watch.IsOutdated;

    public override bool KeepsBits => true;

    protected override IEnumerable<int> Wanted => escapes;

    /// <summary>Puts what escapes at the beginning of the block.</summary>
    public void PlaceEscapes()
    {
        foreach (int escape in escapes)
        {
            if (!IsGiven(MemoryOf(escape)))
            {
                Offset(escape);
            }
        }
        EscapeBytes = Size;
    }

    protected override Place PlaceOfGiven(int source) => Given.PlaceOf(source);

    protected override bool Varies(int source) => true;

    protected override bool IsVarying(RecordedNode node) => node.Boxed is IVaryingOperation varying && (node.IsVarying || !varying.GivesOneNumber);

    protected override Tensor Evaluate(int source)
    {
        RecordedNode node = Node(source);
        if (node.Boxed is IVaryingOperation { GivesOneNumber: true })
        {
            node.Watch(watch);
        }
        return base.Evaluate(source);
    }
}
