namespace Pyrite.Ops.Elementwise;

/// <summary>How long element-wise work is cut up for threads; results do not depend on it.</summary>
internal static class ElementRange
{
    /// <summary>Elements of one piece; less is not worth a second thread.</summary>
    public const int Grain = 16 * 1024;

    /// <summary>The number of pieces.</summary>
    public static int Chunks(int count) => (count + Grain - 1) / Grain;

    /// <summary>One piece.</summary>
    public static Range Chunk(int index, int count) => (index * Grain)..Math.Min(count, (index + 1) * Grain);
}
