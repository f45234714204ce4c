namespace Pyrite.Kernels;

/// <summary>Products cut into cache-sized blocks, spread over threads.</summary>
/// <remarks>
/// The sum is cut into equal chunks of at most <see cref="ChunkBytes"/> per row, added one after the other; within a chunk terms are added
/// in order. Nothing else about the blocking touches the order of summation.
/// </remarks>
internal static unsafe class BlockedProduct
{
    /// <summary>Multiply-adds from which a product is worth waking other threads.</summary>
    public const long ParallelWork = 400_000;

    private const int ChunkBytes = 1536;
    private const int MaxPackedBytes = 8 << 20;
    private const int ColumnBlockBytes = 400 << 10;
    private const int MaxRowsPerTask = 112;
    private const int DirectRows = 56;
    private const int DirectColumns = 64;

    /// <summary>Computes the product.</summary>
    public static void Run<T>(in Product<T> p)
        where T : unmanaged
    {
        int most = ChunkBytes / sizeof(T);
        int chunks = Math.Max((p.K + most - 1) / most, 1);
        int chunk = (p.K + chunks - 1) / chunks;
        bool packB = p.BColumn != 1 || p.M > DirectRows;

        // What is packed at once must stay bounded: first the terms are limited, then the columns.
        long chunkBytes = Math.Max((long)chunk * p.N * sizeof(T), 1);
        int chunksAtOnce = packB ? (int)Math.Clamp(MaxPackedBytes / chunkBytes, 1, chunks) : chunks;
        int parts = packB ? (int)((chunksAtOnce * chunkBytes + MaxPackedBytes - 1) / MaxPackedBytes) : 1;
        int columnsAtOnce = Math.Min(p.N, ((p.N + parts - 1) / parts + PanelColumns<T>() - 1) / PanelColumns<T>() * PanelColumns<T>());

        using Scratch<T> packed = Scratch<T>.Rent(packB ? (nint)chunksAtOnce * chunk * Padded(columnsAtOnce, TileTable<T>.Lanes) : 0);
        for (int column = 0; column < p.N; column += columnsAtOnce)
        {
            int columns = Math.Min(columnsAtOnce, p.N - column);
            for (int first = 0; first < chunks; first += chunksAtOnce)
            {
                int last = Math.Min(first + chunksAtOnce, chunks);
                Part<T> part = new(p, column, columns, chunks, chunk, first, last, packB ? packed.Pointer : null);
                Run(part);
            }
        }
    }

    private static void Run<T>(in Part<T> part)
        where T : unmanaged
    {
        int threads = part.Product.Work >= ParallelWork ? WorkerPool.ThreadCount : 1;
        if (part.Packed != null)
        {
            PackBody<T> pack = new(part);
            Start(threads, pack.Count, ref pack);
        }
        TileBody<T> tiles = new(part, threads);
        Start(threads, tiles.Count, ref tiles);
    }

    private static void Start<TBody>(int threads, int count, ref TBody body)
        where TBody : struct, IParallelBody
    {
        if (threads > 1)
        {
            WorkerPool.For(count, ref body);
            return;
        }
        for (int i = 0; i < count; i++)
        {
            body.Run(i);
        }
    }

    private static int PanelColumns<T>()
        where T : unmanaged
        => 2 * TileTable<T>.Lanes;

    private static int Padded(int columns, int lanes) => (columns + lanes - 1) / lanes * lanes;

    /// <summary>The columns and chunks of the sum that are done at once. Packed B is [chunk][panel][term][column in panel].</summary>
    private readonly struct Part<T>(Product<T> product, int column, int columns, int chunks, int chunk, int firstChunk, int lastChunk, T* packed)
        where T : unmanaged
    {
        public readonly Product<T> Product = product;
        public readonly int Column = column;
        public readonly int Columns = columns;
        public readonly int FirstChunk = firstChunk;
        public readonly int LastChunk = lastChunk;
        public readonly T* Packed = packed;

        public int FirstTerm(int index) => (int)((long)Product.K * index / chunks);

        public int Terms(int index) => FirstTerm(index + 1) - FirstTerm(index);

        public T* PackedChunk(int index) => Packed + ((nint)(index - FirstChunk) * chunk * Padded(Columns, TileTable<T>.Lanes));
    }

    private readonly struct PackBody<T>(Part<T> part) : IParallelBody
        where T : unmanaged
    {
        private static readonly int ColumnsPerPiece = 8 * TileTable<T>.Lanes;

        // The last piece may end in a panel of three vectors.
        private readonly int _pieces = Math.Max((part.Columns - TileTable<T>.Lanes + ColumnsPerPiece - 1) / ColumnsPerPiece, 1);

        public int Count => _pieces * (part.LastChunk - part.FirstChunk);

        public void Run(int index)
        {
            int chunk = part.FirstChunk + (index / _pieces);
            int terms = part.Terms(chunk);
            Product<T> p = part.Product;
            T* target = part.PackedChunk(chunk);
            int end = (index % _pieces) + 1 == _pieces ? part.Columns : ((index % _pieces) + 1) * ColumnsPerPiece;
            for (int column = index % _pieces * ColumnsPerPiece; column < end;)
            {
                int vectors = TilePanels.Next<T>(part.Columns - column);
                int width = vectors * TileTable<T>.Lanes;
                int columns = Math.Min(width, part.Columns - column);
                T* source = p.B + (part.FirstTerm(chunk) * p.BRow) + ((part.Column + column) * p.BColumn);
                MatrixPacking.Copy(terms, columns, source, p.BRow, p.BColumn, target + ((nint)column * terms), width);
                column += columns;
            }
        }
    }

    private readonly struct TileBody<T> : IParallelBody
        where T : unmanaged
    {
        private readonly Part<T> _part;
        private readonly int _rowBlocks;
        private readonly int _columnBlocks;
        private readonly int _columnsPerBlock;

        public TileBody(in Part<T> part, int threads)
        {
            _part = part;
            int wanted = threads == 1 ? 1 : 4 * threads;
            int tileRows = TileTable<T>.RowsFor(2);
            int rows = Math.Clamp(part.Product.M / wanted / tileRows * tileRows, tileRows, MaxRowsPerTask / tileRows * tileRows);
            _rowBlocks = (part.Product.M + rows - 1) / rows;
            int panelColumns = 2 * TileTable<T>.Lanes;
            int panels = Math.Max((part.Columns + TileTable<T>.Lanes - 1) / panelColumns, 1);
            int blocks = Math.Clamp((wanted + _rowBlocks - 1) / _rowBlocks, 1, panels);
            int panelsPerBlock = (panels + blocks - 1) / blocks;
            _columnsPerBlock = panelsPerBlock * panelColumns;
            _columnBlocks = (panels + panelsPerBlock - 1) / panelsPerBlock;
        }

        public int Count => _rowBlocks * _columnBlocks;

        public void Run(int index)
        {
            Product<T> p = _part.Product;
            int rowBlock = index / _columnBlocks;
            int firstRow = (int)((long)p.M * rowBlock / _rowBlocks);
            int rows = (int)((long)p.M * (rowBlock + 1) / _rowBlocks) - firstRow;
            int firstColumn = index % _columnBlocks * _columnsPerBlock;
            int lastColumn = (index % _columnBlocks) + 1 == _columnBlocks ? _part.Columns : firstColumn + _columnsPerBlock;
            for (int chunk = _part.FirstChunk; chunk < _part.LastChunk; chunk++)
            {
                RunChunk(chunk, firstRow, rows, firstColumn, lastColumn);
            }
        }

        private void RunChunk(int chunk, int firstRow, int rows, int firstColumn, int lastColumn)
        {
            Product<T> p = _part.Product;
            int terms = _part.Terms(chunk);
            TileSegment segment = default;
            TileCall call = new() { Count = terms, Segments = &segment, SegmentCount = 1, CRow = p.CRow * sizeof(T) };
            T* a = p.A + (firstRow * p.ARow) + (_part.FirstTerm(chunk) * p.AColumn);
            bool packA = p.AColumn != 1 || lastColumn - firstColumn > DirectColumns || p.ARow * sizeof(T) % 2048 == 0;
            using Scratch<T> block = Scratch<T>.Rent(packA ? (nint)(rows + 16) * (terms + 16) : 0);
            if (!packA)
            {
                call.ARow = p.ARow * sizeof(T);
                call.AStep = sizeof(T);
            }
            else if (p.ARow == 1)
            {
                nint stride = (rows + 15) & ~15;
                MatrixPacking.Copy(terms, rows, a, p.AColumn, 1, block.Pointer, stride);
                call.ARow = sizeof(T);
                call.AStep = stride * sizeof(T);
                a = block.Pointer;
            }
            else
            {
                MatrixPacking.Copy(rows, terms, a, p.ARow, p.AColumn, block.Pointer, terms);
                call.ARow = terms * sizeof(T);
                call.AStep = sizeof(T);
                a = block.Pointer;
            }

            TileFeatures features = chunk == 0 ? p.Features & TileFeatures.Accumulate : TileFeatures.Accumulate;
            if (_part.FirstTerm(chunk) + terms == p.K)
            {
                features |= p.Features & ~TileFeatures.Accumulate;
            }

            // Panels that fit the second-level cache together; the last block takes what would be a panel of its own.
            int blockColumns = Math.Max(ColumnBlockBytes / (terms * sizeof(T)) / PanelColumns<T>(), 1) * PanelColumns<T>();
            for (int column = firstColumn; column < lastColumn;)
            {
                int end = lastColumn - column < blockColumns + PanelColumns<T>() ? lastColumn : column + blockColumns;
                RunPanels(chunk, (byte*)a, firstRow, rows, column, end, features, ref call);
                column = end;
            }
        }

        // With B packed, a strip of A stays in the first-level cache while the panels of B pass by; unpacked, a panel of B does, and A passes.
        private void RunPanels(
            int chunk, byte* a, int firstRow, int rows, int firstColumn, int lastColumn, TileFeatures features, ref TileCall call)
        {
            Product<T> p = _part.Product;
            int stripRows = _part.Packed == null ? rows : TileTable<T>.RowsFor(Math.Min(2, (_part.Columns + TileTable<T>.Lanes - 1) / TileTable<T>.Lanes));
            int strips = (rows + stripRows - 1) / stripRows;
            for (int strip = 0; strip < strips; strip++)
            {
                int first = (int)((long)rows * strip / strips);
                int height = (int)((long)rows * (strip + 1) / strips) - first;
                for (int column = firstColumn; column < lastColumn;)
                {
                    int vectors = TilePanels.Next<T>(_part.Columns - column);
                    int columns = Math.Min(vectors * TileTable<T>.Lanes, _part.Columns - column);
                    int at = _part.Column + column;
                    nint corner = ((firstRow + first) * p.CRow) + at;
                    call.A = a + (first * call.ARow);
                    call.C = (byte*)(p.C + corner);
                    call.Mask = (byte*)(p.Epilogue.Mask + corner);
                    call.Bias = (byte*)(p.Epilogue.Bias + at);
                    if (_part.Packed == null)
                    {
                        call.B = (byte*)(p.B + (_part.FirstTerm(chunk) * p.BRow) + at);
                        call.BStep = p.BRow * sizeof(T);
                    }
                    else
                    {
                        call.B = (byte*)(_part.PackedChunk(chunk) + ((nint)column * _part.Terms(chunk)));
                        call.BStep = vectors * TileTable<T>.Width;
                    }
                    TilePanels.Run<T>(height, vectors, columns, features, ref call);
                    column += columns;
                }
            }
        }
    }
}
