namespace Pyrite.Programs;

/// <summary>An operation's own kernel on a tile.</summary>
internal sealed class KernelStage(RecordedNode node, int[] inputs, int output) : TileStage(inputs, [output])
{
    public override void Run(TileRoom room)
    {
        Tensor[] values = room.Values;
        Tensor result = values[output];
        switch (Reads)
        {
            case [int a]:
                node.Execute([values[a]], result);
                break;
            case [int a, int b]:
                node.Execute([values[a], values[b]], result);
                break;
            case [int a, int b, int c]:
                node.Execute([values[a], values[b], values[c]], result);
                break;
            default:
                throw new NotSupportedException($"{node.Name} with {Reads.Length} inputs cannot run on tiles.");
        }
    }
}
