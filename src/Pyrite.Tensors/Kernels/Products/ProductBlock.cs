using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Products;

/// <summary>One block of a product's result on the calling thread.</summary>
/// <remarks>
/// For each chunk of the sum some panels of B are packed so that they stay in the second-level cache; strips of A, packed too where
/// their rows lie awkwardly, stay in the first-level cache while the panels pass by. Packed B is [panel][term][column in panel].
/// </remarks>
internal readonly unsafe struct ProductBlock<T>
    where T : unmanaged
{
    private const int DirectRows = 56;
    private const int StripWidth = 16;

    // Rows this far apart fall on the same lines of the first-level cache.
    private const int ConflictBytes = 2048;

    private readonly Product<T> _product;
    private readonly int _firstRow;
    private readonly int _rows;
    private readonly int _firstColumn;
    private readonly int _endColumn;
    private readonly ProductCut<T> _cut;
    private readonly bool _packA;
    private readonly bool _packB;
    private readonly int _stripVectors;
    private readonly int _strips;
    private readonly int _stageColumns;

    /// <summary>Rows [firstRow, endRow) and columns [firstColumn, endColumn) of C.</summary>
    public ProductBlock(in Product<T> p, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        (_product, _firstRow, _rows, _firstColumn, _endColumn) = (p, firstRow, endRow - firstRow, firstColumn, endColumn);
        _cut = new ProductCut<T>(p.K);
        int columns = endColumn - firstColumn;
        bool isPanel = columns <= ProductCut<T>.PanelColumns && p.BRow * sizeof(T) < ConflictBytes;
        _packB = p.BColumn != 1 || (_rows > DirectRows && !isPanel);
        _packA = p.AColumn != 1 || p.ARow * sizeof(T) % ConflictBytes == 0;
        _stripVectors = columns > TileTable<T>.Lanes ? 2 : 1;
        int tileRows = TileTable<T>.RowsFor(_stripVectors);
        _strips = (_rows + tileRows - 1) / tileRows;
        _stageColumns = _cut.StageColumns(columns);
    }

    /// <summary>Computes the block.</summary>
    public void Run()
    {
        // A last panel of three vectors belongs to the columns before it.
        int lanes = TileTable<T>.Lanes;
        using Scratch<T> packedB = Scratch<T>.Rent(_packB ? (nint)_cut.LongestChunk * (((_stageColumns + lanes - 1) / lanes) + 2) * lanes : 0);
        using Scratch<T> packedA = Scratch<T>.Rent(_packA ? (nint)_cut.LongestChunk * 2 * StripWidth : 0);
        for (int chunk = 0; chunk < _cut.Chunks; chunk++)
        {
            (int term, int terms) = _cut.Chunk(chunk);
            TileFeatures features = chunk == 0 ? _product.Features & TileFeatures.Accumulate : TileFeatures.Accumulate;
            if (chunk + 1 == _cut.Chunks)
            {
                features |= _product.Features & ~TileFeatures.Accumulate;
            }
            for (int column = _firstColumn; column < _endColumn;)
            {
                int end = EndOfStage(column);
                if (_packB)
                {
                    PackPanels(term, terms, column, end, packedB.Pointer);
                }
                RunColumns(term, terms, column, end, packedA.Pointer, packedB.Pointer, features, NextStage(chunk, end));
                column = end;
            }
        }
    }

    // A last panel of three vectors belongs to the columns before it.
    private int EndOfStage(int column) => _endColumn - column <= _stageColumns + TileTable<T>.Lanes ? _endColumn : column + _stageColumns;

    // What is packed of B after the stage that ends at a column.
    private ReadAhead NextStage(int chunk, int column)
    {
        if (column == _endColumn)
        {
            (chunk, column) = (chunk + 1, _firstColumn);
        }
        if (!_packB || chunk == _cut.Chunks)
        {
            return default;
        }
        Product<T> p = _product;
        (int term, int terms) = _cut.Chunk(chunk);
        int columns = EndOfStage(column) - column;
        T* b = p.B + (term * p.BRow) + (column * p.BColumn);
        return p.BColumn == 1
            ? new ReadAhead(b, terms, columns * sizeof(T), p.BRow * sizeof(T))
            : new ReadAhead(b, columns, terms * sizeof(T), p.BColumn * sizeof(T));
    }

    private void PackPanels(int term, int terms, int column, int end, T* target)
    {
        T* source = _product.B + (term * _product.BRow);
        while (column < end)
        {
            int width = TilePanels.Next<T>(end - column) * TileTable<T>.Lanes;
            int columns = Math.Min(width, end - column);
            MatrixPacking.Copy(terms, columns, source + (column * _product.BColumn), _product.BRow, _product.BColumn, target, width);
            target += (nint)width * terms;
            column += columns;
        }
    }

    private void RunColumns(int term, int terms, int column, int end, T* packedA, T* packedB, TileFeatures features, ReadAhead next)
    {
        Product<T> p = _product;
        int lateStrips = (_strips + 1) / 2;
        nint nextLines = (next.Lines + lateStrips - 1) / lateStrips;
        TileSegment segment = default;
        TileCall call = new()
        {
            ARow = p.ARow * sizeof(T),
            AStep = p.AColumn * sizeof(T),
            BStep = p.BRow * sizeof(T),
            CRow = p.CRow * sizeof(T),
            Count = terms,
            Segments = &segment,
            SegmentCount = terms == 0 ? 0 : 1,
        };
        for (int strip = 0; strip < _strips; strip++)
        {
            int row = _firstRow + StripRow(strip);
            int height = _firstRow + StripRow(strip + 1) - row;
            T* a = p.A + (row * p.ARow) + (term * p.AColumn);
            if (_packA)
            {
                PackStrip(a, height, terms, packedA, ref call);
                a = packedA;
            }
            call.A = (byte*)a;
            ReadAhead nextRows = strip + 1 < _strips ? Rows(strip + 1, term, terms) : default;
            if (strip >= _strips - lateStrips)
            {
                next.Next(nextLines);
            }
            RunStrip(row, height, term, column, end, packedB, features, ref nextRows, ref call);
        }
    }

    private int StripRow(int strip) => TilePanels.FirstRow<T>(_rows, _stripVectors, strip, _strips);

    // What a strip reads of A.
    private ReadAhead Rows(int strip, int term, int terms)
    {
        Product<T> p = _product;
        int row = _firstRow + StripRow(strip);
        int height = _firstRow + StripRow(strip + 1) - row;
        T* a = p.A + (row * p.ARow) + (term * p.AColumn);
        return p.ARow == 1
            ? new ReadAhead(a, terms, height * sizeof(T), p.AColumn * sizeof(T))
            : new ReadAhead(a, height, terms * sizeof(T), p.ARow * sizeof(T));
    }

    private void PackStrip(T* a, int height, int terms, T* packed, ref TileCall call)
    {
        nint width = height > StripWidth ? 2 * StripWidth : StripWidth;
        if (_product.ARow == 1)
        {
            (call.ARow, call.AStep) = (sizeof(T), width * sizeof(T));
            MatrixPacking.Copy(terms, height, a, _product.AColumn, 1, packed, width);
        }
        else
        {
            (call.ARow, call.AStep) = ((nint)terms * sizeof(T), sizeof(T));
            MatrixPacking.Copy(height, terms, a, _product.ARow, _product.AColumn, packed, terms);
        }
    }

    private void RunStrip(int row, int height, int term, int column, int end, T* packedB, TileFeatures features, ref ReadAhead nextRows,
        ref TileCall call)
    {
        Product<T> p = _product;
        nint lines = (nextRows.Lines * ProductCut<T>.PanelColumns / (end - column)) + 1;
        while (column < end)
        {
            int vectors = TilePanels.Next<T>(end - column);
            int width = vectors * TileTable<T>.Lanes;
            int columns = Math.Min(width, end - column);
            nint corner = (row * p.CRow) + column;
            call.B = (byte*)(p.B + (term * p.BRow) + column);
            if (_packB)
            {
                call.B = (byte*)packedB;
                call.BStep = width * sizeof(T);
                packedB += (nint)width * call.Count;
            }
            call.C = (byte*)(p.C + corner);
            call.Mask = (byte*)(p.Epilogue.Mask + corner);
            call.Bias = (byte*)(p.Epilogue.Bias + column);
            nextRows.Next(lines);
            TilePanels.Run<T>(height, vectors, columns, features, ref call);
            column += columns;
        }
    }
}
