using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Products;

/// <summary>How a matrix of results is cut into blocks for threads: few, so that little is packed twice, and equally large.</summary>
/// <remarks>A block packs its part of B once, and its part of A once for each stage of its columns.</remarks>
internal readonly struct ProductGrid<T>
    where T : unmanaged
{
    // Larger blocks pack less; smaller ones let a thread that was held up do fewer.
    private const long BlockWork = 32_000_000;
    private const int BlocksPerThread = 4;

    /// <summary>What packing a vector costs, in multiply-adds of vectors.</summary>
    private const int PackingCost = 4;

    private readonly int _m;
    private readonly int _n;
    private readonly int _panels;
    private readonly int _tiles;
    private readonly int _rowBlocks;
    private readonly int _columnBlocks;

    /// <summary>The cut of an m x n result with sums of k terms.</summary>
    public ProductGrid(int m, int n, int k, int threads)
    {
        (_m, _n) = (m, n);
        int panelColumns = ProductCut<T>.PanelColumns;
        int tileRows = TileTable<T>.RowsFor(2);
        ProductCut<T> cut = new(k);

        // The last panel may hold three vectors.
        _panels = Math.Max((n + TileTable<T>.Lanes - 1) / panelColumns, 1);
        _tiles = Math.Max((m + tileRows - 1) / tileRows, 1);
        int wanted = (int)Math.Clamp((long)m * n * k / BlockWork, threads, BlocksPerThread * threads);
        long best = long.MaxValue;
        for (int columnBlocks = 1; columnBlocks <= Math.Min(wanted, _panels); columnBlocks++)
        {
            int rowBlocks = Math.Min((wanted + columnBlocks - 1) / columnBlocks, _tiles);
            int rounds = ((rowBlocks * columnBlocks) + threads - 1) / threads;
            long rows = (m + rowBlocks - 1) / rowBlocks;
            int columns = (_panels + columnBlocks - 1) / columnBlocks * panelColumns;
            int stageColumns = cut.StageColumns(columns);
            long stages = (columns + stageColumns - 1) / stageColumns;
            long cost = rounds * ((rows * columns) + (PackingCost * ((rows * stages) + columns)));
            if (cost < best)
            {
                (best, _rowBlocks, _columnBlocks) = (cost, rowBlocks, columnBlocks);
            }
        }
    }

    /// <summary>Blocks in all.</summary>
    public int Count => _rowBlocks * _columnBlocks;

    /// <summary>The rows and columns of a block; columns begin at whole panels.</summary>
    public (int FirstRow, int EndRow, int FirstColumn, int EndColumn) Block(int index)
    {
        int row = index / _columnBlocks;
        int column = index % _columnBlocks;
        return (Row(row), Row(row + 1), Column(column), Column(column + 1));
    }

    private int Row(int block) => (int)((long)_m * block / _rowBlocks);

    private int Column(int block) => block == _columnBlocks ? _n : (int)((long)_panels * block / _columnBlocks) * ProductCut<T>.PanelColumns;
}
