using Pyrite.Engine;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>What one round of a scan computes: given are the carry, the round's slices of arrays, and tensors that stay the same in all
/// rounds.</summary>
/// <remarks>All that is given stands in the block. Arrays are numbered: inputs, outputs, and then the parts of the carry that are kept.</remarks>
internal sealed class RoundProgram : RecordedProgram
{
    private readonly TensorSpec[] slices;
    private readonly int inputs;

    /// <param name="ports">The operations of a round.</param>
    /// <param name="slices">What a round's slice of each array looks like.</param>
    /// <param name="carries">How many of what is given are the carry.</param>
    /// <param name="inputs">How many more are inputs; what is left is fixed.</param>
    /// <param name="next">The next carry.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="keepsBits">Whether results have the bits of eager execution.</param>
    public RoundProgram(RoundPorts ports, TensorSpec[] slices, int carries, int inputs, RoundPort[] next, RoundPort[] outputs, bool keepsBits)
        : base(ports.Stream, 0, ports.Stream.Nodes.Count)
    {
        (this.slices, this.inputs, KeepsBits, Next, Outputs) = (slices, inputs, keepsBits, next, outputs);
        Carries = [.. ports.Given.Take(carries).SelectMany(all => all)];
        Inputs = [.. ports.Given.Skip(carries).Take(inputs).SelectMany(all => all).Select(port => port with { Array = port.Array - carries })];
        Fixed = [.. ports.Given.Skip(carries + inputs).SelectMany(all => all)];
        FindDependence();
        FindNeeded();
        foreach (int port in Ports)
        {
            Offset(port);
        }
    }

    /// <summary>The carry.</summary>
    public RoundPort[] Carries { get; }

    /// <summary>The inputs.</summary>
    public RoundPort[] Inputs { get; }

    /// <summary>What stays the same, by its place among all that is given.</summary>
    public RoundPort[] Fixed { get; }

    /// <summary>The next carry, port by port as the carry.</summary>
    public RoundPort[] Next { get; }

    /// <summary>The outputs.</summary>
    public RoundPort[] Outputs { get; }

    /// <summary>How many arrays there are.</summary>
    public int Arrays => slices.Length;

    public override bool KeepsBits { get; }

    protected override IEnumerable<int> Ports => Carries.Concat(Inputs).Concat(Fixed).Select(port => port.Source);

    protected override IEnumerable<int> Wanted => Next.Concat(Outputs).Select(port => port.Source);

    /// <summary>The array of an output.</summary>
    public int OutputAt(int output) => inputs + output;

    /// <summary>The array in which a part of the carry is kept; null where it is not.</summary>
    public int? KeptAt(int part) => Arrays - inputs - OutputCount > part ? inputs + OutputCount + part : null;

    /// <summary>Bytes from one round's slice of an array to the next.</summary>
    public int Stride(int array) => checked((int)(slices[array].Shape.Count * slices[array].DType.ByteSize));

    protected override Place PlaceOfGiven(int source) => new(PlaceBase.Block, Offset(source));

    protected override bool Varies(int source) => true;

    protected override bool IsVarying(RecordedNode node) => node.Boxed is IVaryingOperation;

    private int OutputCount => Outputs.Length == 0 ? 0 : Outputs[^1].Array + 1;
}
