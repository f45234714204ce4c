namespace Pyrite.Programs;

/// <summary>A tile's share of a sum of all elements, unless a chain has taken it already.</summary>
internal sealed class SumStage(int values, TileSum sum, ChainStage? chain) : TileStage([values], [])
{
    public override void Run(TileRoom room)
    {
        if (chain is null || !chain.Sums(room.Count))
        {
            sum.Add(room.Values[values], room.Block);
        }
    }
}
