using Pyrite.Ops.Creation;

namespace Pyrite.Programs;

/// <summary>A number of the program that may change from step to step; its memory is written when it does.</summary>
internal sealed class FlatNumber
{
    private readonly RecordedNode<FillOperation> node;
    private readonly Tensor target;
    private long written;

    public FlatNumber(RecordedNode<FillOperation> node, Tensor target)
    {
        this.node = node;
        this.target = target;
        Write(Bits);
    }

    private long Bits => BitConverter.DoubleToInt64Bits(node.Operation.Value);

    /// <summary>Takes over the number of this step.</summary>
    public void Update()
    {
        if (Bits != written)
        {
            Write(Bits);
        }
    }

    private void Write(long bits)
    {
        node.Execute([], target);
        written = bits;
    }
}
