using Pyrite.Engine;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>What one round of a scan computes: given are the carry, the round's slices of arrays, and tensors that stay the same in all
/// rounds.</summary>
/// <remarks>All that is given stands in the block. Arrays are numbered: inputs, outputs, and then the parts of the carry that are kept.</remarks>
internal sealed class RoundProgram : RecordedProgram
{
    private readonly bool keepsCarries;

    /// <param name="stream">The operations of a round; outside tensors are what is given, in this order: carry, inputs, fixed tensors.</param>
    /// <param name="carries">How many of them are the carry.</param>
    /// <param name="inputs">How many are inputs.</param>
    /// <param name="next">The sources of the next carry.</param>
    /// <param name="outputs">The sources of the outputs.</param>
    /// <param name="keepsCarries">Whether the carry before every round is kept.</param>
    /// <param name="keepsBits">Whether results have the bits of eager execution.</param>
    public RoundProgram(RecordedStream stream, int carries, int inputs, int[] next, int[] outputs, bool keepsCarries, bool keepsBits)
        : base(stream, 0, stream.Nodes.Count)
    {
        (this.keepsCarries, KeepsBits, Next, Outputs) = (keepsCarries, keepsBits, next, outputs);
        int[] given = [.. Enumerable.Range(0, stream.Outside.Count).Select(i => -1 - i)];
        (Carries, Inputs, Fixed) = (given[..carries], given[carries..(carries + inputs)], given[(carries + inputs)..]);
        FindDependence();
        FindNeeded();
        foreach (int source in given)
        {
            Offset(source);
        }
    }

    /// <summary>The sources of the carry.</summary>
    public int[] Carries { get; }

    /// <summary>The sources of the inputs.</summary>
    public int[] Inputs { get; }

    /// <summary>The sources that stay the same.</summary>
    public int[] Fixed { get; }

    /// <summary>The sources of the next carry.</summary>
    public int[] Next { get; }

    /// <summary>The sources of the outputs.</summary>
    public int[] Outputs { get; }

    /// <summary>How many arrays there are.</summary>
    public int Arrays => Inputs.Length + Outputs.Length + (keepsCarries ? Carries.Length : 0);

    public override bool KeepsBits { get; }

    protected override IEnumerable<int> Wanted => Next.Concat(Outputs);

    /// <summary>The array of an output.</summary>
    public int OutputAt(int output) => Inputs.Length + output;

    /// <summary>The array in which a part of the carry is kept; null where it is not.</summary>
    public int? KeptAt(int carry) => keepsCarries ? Inputs.Length + Outputs.Length + carry : null;

    /// <summary>Whether all values lie row by row, and none has more elements than given.</summary>
    public bool IsSmall(int mostElements) => Array.TrueForAll([.. Steps, .. Carries, .. Inputs, .. Fixed],
        source => SpecOf(source) is { Layout: Layout.RowMajor, Shape.Count: > 0 and var count } && count <= mostElements);

    protected override Place PlaceOfGiven(int source) => new(PlaceBase.Block, Offset(source));

    protected override bool Varies(int source) => true;

    protected override bool IsVarying(RecordedNode node) => node.Boxed is IVaryingOperation;

    protected override Tensor Evaluate(int source)
    {
        RecordedNode node = Node(source);
        Tensor[] inputs = Array.ConvertAll(node.Inputs, Constant);
        return StepScope.Outside(() =>
        {
            Tensor value = node.IsAlias ? Tensor.Unbound(node.Spec) : Tensor.Allocate(node.Spec);
            node.Execute(inputs, value);
            return value;
        });
    }
}
