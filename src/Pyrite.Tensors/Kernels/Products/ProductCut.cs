using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Products;

/// <summary>How a product is cut for the caches: the sum into equal chunks, the columns into equal stages whose packed chunk stays in the second
/// level.</summary>
internal readonly unsafe struct ProductCut<T>
    where T : unmanaged
{
    // A constant, not a part of a measured cache: it cuts sums.
    private const int ChunkBytes = 1536;

    // As much again is fetched for the next stage meanwhile, and C passes by. Columns alone are cut by it: no sum.
    private static int StageBytes => SecondLevelCache.Bytes / 2;

    private readonly int _k;

    /// <summary>The cut of sums of <paramref name="k"/> terms.</summary>
    public ProductCut(int k)
    {
        _k = k;
        int most = ChunkBytes / sizeof(T);
        Chunks = Math.Max((k + most - 1) / most, 1);
    }

    /// <summary>Chunks of the sum.</summary>
    public int Chunks { get; }

    /// <summary>Terms of the longest chunk.</summary>
    public int LongestChunk => (_k + Chunks - 1) / Chunks;

    /// <summary>Columns of a panel.</summary>
    public static int PanelColumns => 2 * TileTable<T>.Lanes;

    /// <summary>The first term of a chunk, and how many there are.</summary>
    public (int Term, int Terms) Chunk(int chunk)
    {
        int term = (int)((long)_k * chunk / Chunks);
        return (term, (int)((long)_k * (chunk + 1) / Chunks) - term);
    }

    /// <summary>Columns of a stage when there are <paramref name="columns"/> in all: whole panels, except that a single stage has all
    /// columns.</summary>
    public int StageColumns(int columns)
    {
        int panels = (columns + PanelColumns - 1) / PanelColumns;
        int most = Math.Max(StageBytes / Math.Max(LongestChunk * sizeof(T), 1) / PanelColumns, 1);
        int stages = Math.Max((panels + most - 1) / most, 1);
        return Math.Min((panels + stages - 1) / stages * PanelColumns, columns);
    }
}
