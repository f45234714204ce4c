namespace Pyrite.Programs;

/// <summary>One operation of a tile program.</summary>
/// <param name="reads">Numbers of the values that it reads.</param>
/// <param name="writes">Numbers of the values that it writes.</param>
internal abstract class TileStage(int[] reads, int[] writes)
{
    /// <summary>Numbers of the values that it reads.</summary>
    public int[] Reads { get; } = reads;

    /// <summary>Numbers of the values that it writes.</summary>
    public int[] Writes { get; } = writes;

    /// <summary>Computes one tile.</summary>
    /// <param name="room">The walking thread's tensors.</param>
    public abstract void Run(TileRoom room);
}
