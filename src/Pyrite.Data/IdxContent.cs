namespace Pyrite;

/// <summary>What an IDX file holds: its dimensions and its bytes.</summary>
/// <remarks>The number of bytes is the product of the dimensions; the last dimension varies fastest. MNIST's images are [60000, 28, 28], its labels
/// [60000].</remarks>
public sealed class IdxContent
{
    internal IdxContent(int[] dimensions, byte[] bytes)
    {
        Dimensions = dimensions;
        Bytes = bytes;
    }

    /// <summary>The size of every axis, the slowest first; all are at least 1.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The values in row-major order, one byte each.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }
}
