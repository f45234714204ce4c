namespace Pyrite.Programs;

/// <summary>What a walk over elements does with each tile.</summary>
/// <param name="Shape">How the elements are cut into tiles.</param>
/// <param name="Values">What stages read and write.</param>
/// <param name="Stages">The operations in order.</param>
/// <param name="Sums">Sums that are complete only after the walk.</param>
/// <param name="Slots">Bytes per element of each block that a walking thread needs.</param>
internal sealed record TileProgram(TileShape Shape, List<TileValue> Values, List<TileStage> Stages, List<TileSum> Sums, List<int> Slots)
{
    /// <summary>Points what all tiles share to the memory of this run.</summary>
    public void Bind(PlanMemory memory)
    {
        foreach (TileValue value in Values)
        {
            if (value.Fill is { } fill)
            {
                fill.Execute([], value.Shared!);
            }
            else
            {
                value.Shared?.PointTo(memory[value.Source], 0);
            }
        }
    }
}
