using System.Numerics;
using System.Runtime.CompilerServices;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Threads;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Products;

/// <summary>Products with a single row or column, bound by how fast the matrix can be read.</summary>
internal static unsafe class VectorProduct
{
    private const long ParallelElements = 1 << 16;
    private const int ColumnsPerPiece = 512;
    private const int TermsPerLane = 1024;
    private const int TermsPerDotLane = 16384;
    private const int MaxLanes = 8;
    private const int TermsAtOnce = 16;

    /// <summary>Computes the product if the matrix is contiguous along one of its axes; false if it is not.</summary>
    public static bool TryRun<T>(in Product<T> p)
        where T : unmanaged
    {
        if (p.K == 0)
        {
            return false;
        }
        if (p.N == 1 && p.AColumn == 1)
        {
            Dots(p, p.M, p.A, p.ARow, p.B, p.BRow);
        }
        else if (p.N == 1 && p.ARow == 1)
        {
            Rows(p, p.M, p.A, p.AColumn, p.B, p.BRow);
        }
        else if (p.M == 1 && p.BRow == 1)
        {
            Dots(p, p.N, p.B, p.BColumn, p.A, p.AColumn);
        }
        else if (p.M == 1 && p.BColumn == 1 && p.Work > 4096)
        {
            Rows(p, p.N, p.B, p.BRow, p.A, p.AColumn);
        }
        else
        {
            return false;
        }
        return true;
    }

    // result[i] = Σ matrix[i·stride + k] · vector[k·step]
    private static void Dots<T>(in Product<T> p, int count, T* matrix, nint stride, T* vector, nint step)
        where T : unmanaged
    {
        int lanes = count < 64 && p.K >= 2 * TermsPerDotLane ? Math.Min(p.K / TermsPerDotLane, MaxLanes) & ~1 : 1;
        using Scratch<T> gathered = Scratch<T>.Rent(step == 1 ? 0 : p.K);
        if (step != 1)
        {
            MatrixPacking.Copy(p.K, 1, vector, step, 0, gathered.Pointer, 1);
            vector = gathered.Pointer;
        }
        bool isDirect = IsDirect(p, lanes);
        using Scratch<T> sums = Scratch<T>.Rent(isDirect ? 0 : (nint)lanes * count);
        DotBody<T> body = new(count, p.K, lanes, matrix, stride, vector, isDirect ? p.C : sums.Pointer);
        Start(p.Work, body.Pieces * lanes, ref body);
        if (!isDirect)
        {
            Finish(p, count, lanes, sums.Pointer);
        }
    }

    // result[j] = Σ vector[k·step] · matrix[k·stride + j]
    private static void Rows<T>(in Product<T> p, int count, T* matrix, nint stride, T* vector, nint step)
        where T : unmanaged
    {
        int lanes = count < 2 * ColumnsPerPiece && p.K >= 2 * TermsPerLane ? Math.Min(p.K / TermsPerLane, MaxLanes) & ~1 : 1;
        bool isDirect = IsDirect(p, lanes);
        using Scratch<T> sums = Scratch<T>.Rent(isDirect ? 0 : (nint)lanes * count);
        RowBody<T> body = new(count, p.K, lanes, matrix, stride, vector, step, isDirect ? p.C : sums.Pointer);
        Start(p.Work, body.Pieces * lanes, ref body);
        if (!isDirect)
        {
            Finish(p, count, lanes, sums.Pointer);
        }
    }

    /// <summary>Whether sums are the result as they are, and can be stored there at once.</summary>
    private static bool IsDirect<T>(in Product<T> p, int lanes)
        where T : unmanaged =>
        lanes == 1 && !p.Accumulate && p.Epilogue.IsEmpty && (p.N > 1 || p.CRow == 1);

    private static void Start<TBody>(long work, int count, ref TBody body)
        where TBody : struct, IParallelBody
    {
        if (work >= ParallelElements)
        {
            WorkerPool.For(count, ref body);
            return;
        }
        for (int i = 0; i < count; i++)
        {
            body.Run(i);
        }
    }

    private static void Finish<T>(in Product<T> p, int count, int lanes, T* sums)
        where T : unmanaged
    {
        LaneSum.Fold(lanes, count, sums, count);
        ResultFinish.Run(p.M, p.N, sums, p.N == 1 ? 1 : 0, 1, p.C, p.CRow, 1, p.Accumulate, p.Epilogue);
    }

    private readonly struct DotBody<T>(int count, int terms, int lanes, T* matrix, nint stride, T* vector, T* sums) : IParallelBody
        where T : unmanaged
    {
        private readonly int _rows = (int)Math.Clamp(ParallelElements / 4 / terms, 4, 1 << 20) & ~3;

        public int Pieces => (count + _rows - 1) / _rows;

        public void Run(int index)
        {
            int lane = index % lanes;
            int first = (int)((long)terms * lane / lanes);
            int length = (int)((long)terms * (lane + 1) / lanes) - first;
            int row = index / lanes * _rows;
            int rows = Math.Min(_rows, count - row);
            T* target = sums + ((nint)lane * count) + row;
            T* from = matrix + (row * stride) + first;
            if (typeof(T) == typeof(float))
            {
                DotRows(rows, length, (float*)from, stride, (float*)(vector + first), (float*)target);
            }
            else
            {
                DotRows(rows, length, (double*)from, stride, (double*)(vector + first), (double*)target);
            }
        }
    }

    private readonly struct RowBody<T>(int count, int terms, int lanes, T* matrix, nint stride, T* vector, nint step, T* sums) : IParallelBody
        where T : unmanaged
    {
        public int Pieces => (count + ColumnsPerPiece - 1) / ColumnsPerPiece;

        public void Run(int index)
        {
            int lane = index % lanes;
            int first = (int)((long)terms * lane / lanes);
            int last = (int)((long)terms * (lane + 1) / lanes);
            int start = index / lanes * ColumnsPerPiece;
            int end = Math.Min(start + ColumnsPerPiece, count);
            int tile = 4 * TileTable<T>.Lanes;
            TileSegment segment = default;
            TileCall call = new()
            {
                AStep = step * sizeof(T),
                BStep = stride * sizeof(T),
                Segments = &segment,
                SegmentCount = 1,
            };

            // A few rows of the matrix at a time are read from end to end; the sums stay in the cache.
            int atOnce = count <= tile ? terms : TermsAtOnce;
            for (int k = first; k < last; k += atOnce)
            {
                call.Count = Math.Min(atOnce, last - k);
                call.A = (byte*)(vector + (k * step));
                for (int column = start; column < end; column += tile)
                {
                    call.B = (byte*)(matrix + (k * stride) + column);
                    call.C = (byte*)(sums + ((nint)lane * count) + column);
                    TileTable<T>.Run(1, Math.Min(tile, end - column), 0, k == first ? 0 : TileFeatures.Accumulate, ref call);
                }
            }
        }
    }

    private static void DotRows<T>(int rows, int length, T* matrix, nint stride, T* vector, T* target)
        where T : unmanaged, INumber<T>
    {
        if (length < 2 * Vector<T>.Count)
        {
            ShortDots(rows, length, matrix, stride, vector, target);
            return;
        }
        int row = 0;
        for (; row + 4 <= rows; row += 4, matrix += 4 * stride)
        {
            FourDots(length, matrix, stride, vector, target + row);
        }
        for (; row < rows; row++, matrix += stride)
        {
            target[row] = Dot(length, matrix, vector);
        }
    }

    /// <summary>Sums too short for vectors, to the bits of <see cref="Dot"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ShortDots<T>(int rows, int length, T* matrix, nint stride, T* vector, T* target)
        where T : unmanaged, INumber<T>
    {
        if (length == 3)
        {
            (T x, T y, T z) = (vector[0], vector[1], vector[2]);
            for (int row = 0; row < rows; row++, matrix += stride)
            {
                target[row] = T.Zero + (matrix[0] * x) + (matrix[1] * y) + (matrix[2] * z);
            }
            return;
        }
        for (int row = 0; row < rows; row++, matrix += stride)
        {
            target[row] = T.Zero + Tail(0, length, matrix, vector);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourDots<T>(int length, T* matrix, nint stride, T* vector, T* target)
        where T : unmanaged, INumber<T>
    {
        Vector<T> even0 = default, even1 = default, even2 = default, even3 = default;
        Vector<T> odd0 = default, odd1 = default, odd2 = default, odd3 = default;
        T* row1 = matrix + stride;
        T* row2 = row1 + stride;
        T* row3 = row2 + stride;
        int lanes = Vector<T>.Count;
        int k = 0;
        for (; k + (2 * lanes) <= length; k += 2 * lanes)
        {
            Vector<T> v = Vector.Load(vector + k);
            Vector<T> w = Vector.Load(vector + k + lanes);
            even0 = MultiplyAdd(Vector.Load(matrix + k), v, even0);
            odd0 = MultiplyAdd(Vector.Load(matrix + k + lanes), w, odd0);
            even1 = MultiplyAdd(Vector.Load(row1 + k), v, even1);
            odd1 = MultiplyAdd(Vector.Load(row1 + k + lanes), w, odd1);
            even2 = MultiplyAdd(Vector.Load(row2 + k), v, even2);
            odd2 = MultiplyAdd(Vector.Load(row2 + k + lanes), w, odd2);
            even3 = MultiplyAdd(Vector.Load(row3 + k), v, even3);
            odd3 = MultiplyAdd(Vector.Load(row3 + k + lanes), w, odd3);
        }
        target[0] = Vector.Sum(even0 + odd0) + Tail(k, length, matrix, vector);
        target[1] = Vector.Sum(even1 + odd1) + Tail(k, length, row1, vector);
        target[2] = Vector.Sum(even2 + odd2) + Tail(k, length, row2, vector);
        target[3] = Vector.Sum(even3 + odd3) + Tail(k, length, row3, vector);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Dot<T>(int length, T* row, T* vector)
        where T : unmanaged, INumber<T>
    {
        Vector<T> even = default, odd = default;
        int lanes = Vector<T>.Count;
        int k = 0;
        for (; k + (2 * lanes) <= length; k += 2 * lanes)
        {
            even = MultiplyAdd(Vector.Load(row + k), Vector.Load(vector + k), even);
            odd = MultiplyAdd(Vector.Load(row + k + lanes), Vector.Load(vector + k + lanes), odd);
        }
        return Vector.Sum(even + odd) + Tail(k, length, row, vector);
    }

    private static T Tail<T>(int k, int length, T* row, T* vector)
        where T : unmanaged, INumber<T>
    {
        T sum = T.Zero;
        for (; k < length; k++)
        {
            sum += row[k] * vector[k];
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector.MultiplyAddEstimate(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>();
        }
        return Vector.MultiplyAddEstimate(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
    }
}
