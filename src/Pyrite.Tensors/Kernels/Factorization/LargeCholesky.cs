using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Copies;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;
using Pyrite.Kernels.Threads;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Factorization;

/// <summary>One step of the factorization of a larger matrix: the rows below a factored corner are solved and taken out of what remains.</summary>
/// <remarks>Rows are solved as the columns of narrow panels, each in the first-level cache from the transposition to the end, and lie then as tiles
/// read them: nothing is packed again. Sums are taken in the order of the corner's columns, so threads change no bit.</remarks>
internal readonly unsafe ref struct LargeCholesky<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows that become one panel: whole vectors, and whole panels of tiles.</summary>
    private static readonly int PanelRows = Math.Max(ProductCut<T>.PanelColumns, Vector512<T>.Count);

    private readonly Scratch<T> _triangle;
    private readonly Scratch<T> _rows;
    private readonly Scratch<T> _panels;

    /// <summary>Room for steps of up to so many columns in a matrix of so many rows.</summary>
    public LargeCholesky(int width, int n)
    {
        _triangle = Scratch<T>.Rent(TrianglePanel<T>.PackedLength(width));
        _rows = Scratch<T>.Rent((nint)width * n);
        _panels = Scratch<T>.Rent((nint)width * (n + PanelRows));
    }

    /// <summary>The step.</summary>
    /// <param name="width">Rows and columns of the corner.</param>
    /// <param name="below">Rows below it.</param>
    /// <param name="corner">The corner, factored.</param>
    /// <param name="stride">Distance of the matrix's rows.</param>
    public void Run(int width, int below, T* corner, nint stride)
    {
        TrianglePanel<T>.Pack(width, corner, stride, 1, true, false, _triangle.Pointer);
        Body body = new(width, below, corner + (width * stride), stride, _triangle.Pointer, _rows.Pointer, _panels.Pointer);
        bool isShared = (long)below * below * width / 2 >= BlockedProduct.ParallelWork;
        Run(body, isShared);
        Run(new Rest(body), isShared);
    }

    public void Dispose()
    {
        _panels.Dispose();
        _rows.Dispose();
        _triangle.Dispose();
    }

    private static void Run<TPart>(TPart part, bool isShared)
        where TPart : struct, IPart
    {
        if (isShared)
        {
            WorkerPool.For(part.Count, ref part);
            return;
        }
        for (int i = 0; i < part.Count; i++)
        {
            part.Run(i);
        }
    }

    private interface IPart : IParallelBody
    {
        int Count { get; }
    }

    /// <summary>Solves panels; leaves the solved rows in the matrix and in a copy without gaps, and their negatives in panels.</summary>
    private readonly struct Body(int width, int below, T* panel, nint stride, T* triangle, T* rows, T* panels) : IPart
    {
        public int Width => width;

        public int Below => below;

        public int Count => (below + PanelRows - 1) / PanelRows;

        public nint Stride => stride;

        public T* Remaining => panel + width;

        public T* Rows(int first) => rows + ((nint)first * width);

        public T* Panel(int index) => panels + ((nint)index * width * PanelRows);

        public void Run(int index)
        {
            int first = index * PanelRows;
            int count = Math.Min(PanelRows, below - first);
            T* matrix = panel + (first * stride), columns = Panel(index);
            Span<T> all = new(columns, width * PanelRows);
            if (count < PanelRows)
            {
                all.Clear();
            }
            BlockTranspose.Run(count, width, matrix, stride, columns, PanelRows);
            TrianglePanel<T>.Solve(width, PanelRows, triangle, columns);
            BlockTranspose.Run(width, count, columns, PanelRows, Rows(first), width);
            MatrixPacking.Copy(count, width, Rows(first), width, 1, matrix, stride);
            TensorPrimitives.Negate(all, all);
        }
    }

    /// <summary>Takes the products of the solved rows out of the rest, a strip of rows up to the diagonal; the longest come first.</summary>
    private readonly struct Rest(Body solved) : IPart
    {
        // Strips of nearly equal height, a tile each.
        private readonly int _strips = (solved.Below + TileTable<T>.RowsFor(2) - 1) / TileTable<T>.RowsFor(2);

        public int Count => _strips;

        public void Run(int index)
        {
            int strip = _strips - 1 - index;
            int first = TilePanels.FirstRow<T>(solved.Below, 2, strip, _strips), end = TilePanels.FirstRow<T>(solved.Below, 2, strip + 1, _strips);
            TileSegment segment = default;
            TileCall call = new()
            {
                A = (byte*)solved.Rows(first),
                ARow = (nint)solved.Width * sizeof(T),
                AStep = sizeof(T),
                BStep = (nint)PanelRows * sizeof(T),
                CRow = solved.Stride * sizeof(T),
                Count = solved.Width,
                Segments = &segment,
                SegmentCount = 1,
            };
            for (int column = 0; column < end; column += ProductCut<T>.PanelColumns)
            {
                int columns = Math.Min(ProductCut<T>.PanelColumns, end - column);
                call.B = (byte*)(solved.Panel(column / PanelRows) + (column % PanelRows));
                call.C = (byte*)(solved.Remaining + (first * solved.Stride) + column);
                TilePanels.Run<T>(end - first, TilePanels.Next<T>(columns), columns, TileFeatures.Accumulate, ref call);
            }
        }
    }
}
