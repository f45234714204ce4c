using Pyrite.Engine;
using Pyrite.Kernels.Emit;
using Pyrite.Ops.Creation;

namespace Pyrite.Programs.Compiled;

/// <summary>What a segment of a step computes from tensors from outside and results of earlier segments.</summary>
/// <remarks>A number that was the same in every step so far is a constant until it changes; see <see cref="RecordedNode.IsVarying"/>.</remarks>
internal sealed class SegmentProgram : RecordedProgram
{
    private readonly int[] escapes;
    private readonly List<RecordedNode> literals = [];

    private SegmentProgram(RecordedStream stream, int start, int end)
        : base(stream, start, end)
    {
        escapes = [.. stream.Escapes.Where(escape => escape >= start && escape < end).Order()];
        Given = new GivenTensors(this);
        FindDependence();
        FindNeeded();
        PlaceEscapes();
    }

    /// <summary>The tensors that are given.</summary>
    public GivenTensors Given { get; }

    /// <summary>The results that somebody outside of the segment reads.</summary>
    public ReadOnlySpan<int> Escapes => escapes;

    /// <summary>Bytes at the beginning of the block that hold what escapes.</summary>
    public int EscapeBytes { get; private set; }

    /// <summary>The operations whose numbers are constants here.</summary>
    public IReadOnlyList<RecordedNode> Literals => literals;

    public override bool KeepsBits => true;

    protected override IEnumerable<int> Wanted => escapes;

    /// <summary>The program; null where results are too large for straight code or lie in another order.</summary>
    /// <param name="stream">The step's operations.</param>
    /// <param name="start">The first one.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="mostElements">The most elements of a result.</param>
    public static SegmentProgram? TryCreate(RecordedStream stream, int start, int end, int mostElements)
    {
        SegmentProgram program = new(stream, start, end);
        return Array.TrueForAll(program.Steps, Fits) ? program : null;

        bool Fits(int node) => program.SpecOf(node) is { Layout: Layout.RowMajor, Shape.Count: > 0 and var count } && count <= mostElements;
    }

    protected override Place PlaceOfGiven(int source) => Given.PlaceOf(source);

    protected override bool Varies(int source) => true;

    protected override bool IsVarying(RecordedNode node) => node.Boxed is IVaryingOperation && (node.IsVarying || node.Boxed is not FillOperation);

    protected override Tensor Evaluate(int source)
    {
        RecordedNode node = Node(source);
        if (node.Boxed is FillOperation)
        {
            literals.Add(node);
        }
        Tensor[] inputs = Array.ConvertAll(node.Inputs, Constant);
        return StepScope.Outside(() =>
        {
            Tensor value = node.IsAlias ? Tensor.Unbound(node.Spec) : Tensor.Allocate(node.Spec);
            node.Execute(inputs, value);
            return value;
        });
    }

    /// <summary>What escapes stands at the beginning of the block.</summary>
    private void PlaceEscapes()
    {
        foreach (int escape in escapes)
        {
            if (!IsGiven(Root(escape)))
            {
                Offset(escape);
            }
        }
        EscapeBytes = Size;
    }
}
