using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Tiles;

/// <summary>Adds up the lanes of vectors of partial sums, several vectors at a time.</summary>
internal static unsafe class LaneReduction
{
    /// <summary>Rows that are reduced together; other numbers of rows are slower.</summary>
    public const int Block = 8;

    /// <summary>Replaces rows of <see cref="TileTable{T}.Lanes"/> partial sums by one sum each, packed at the start of the memory.</summary>
    public static void Run<T>(int rows, T* values)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            int done = Avx512F.IsSupported ? EightRows(rows, (float*)values) : IsNarrow<T>() ? FourShortRows(rows, (float*)values) : 0;
            Plain(done, rows, TileTable<T>.Lanes, (float*)values);
        }
        else
        {
            int done = Avx512F.IsSupported ? FourRows(rows, (double*)values) : IsNarrow<T>() ? TwoShortRows(rows, (double*)values) : 0;
            Plain(done, rows, TileTable<T>.Lanes, (double*)values);
        }
    }

    // Pairs lanes exactly as the vector version does, so that a row's bits do not depend on its place.
    private static void Plain<T>(int first, int rows, int lanes, T* values)
        where T : unmanaged, INumber<T>
    {
        T* folded = stackalloc T[lanes];
        for (int row = first; row < rows; row++)
        {
            T* from = values + (row * lanes);
            int half = lanes / 2;
            for (int i = 0; i < half; i++)
            {
                folded[i] = from[i] + from[i + half];
            }

            // Neighbours within quarters of 128 bits, then the quarters.
            int quarter = Math.Min(16 / sizeof(T), half);
            for (int start = 0; start < half; start += quarter)
            {
                for (int width = quarter; width > 1; width /= 2)
                {
                    for (int i = 0; i < width / 2; i++)
                    {
                        folded[start + i] = folded[start + (2 * i)] + folded[start + (2 * i) + 1];
                    }
                }
            }
            T sum = folded[0];
            for (int start = quarter; start < half; start += quarter)
            {
                sum += folded[start];
            }
            values[row] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EightRows(int rows, float* values)
    {
        int row = 0;
        for (; row + 8 <= rows; row += 8)
        {
            float* from = values + (row * 16);
            Vector256<float> a = Avx.HorizontalAdd(Halves(from), Halves(from + 16));
            Vector256<float> b = Avx.HorizontalAdd(Halves(from + 32), Halves(from + 48));
            Vector256<float> c = Avx.HorizontalAdd(Halves(from + 64), Halves(from + 80));
            Vector256<float> d = Avx.HorizontalAdd(Halves(from + 96), Halves(from + 112));
            Vector256<float> first = Avx.HorizontalAdd(a, b);
            Vector256<float> second = Avx.HorizontalAdd(c, d);
            (first.GetLower() + first.GetUpper()).Store(values + row);
            (second.GetLower() + second.GetUpper()).Store(values + row + 4);
        }
        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FourRows(int rows, double* values)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            double* from = values + (row * 8);
            Vector256<double> first = Avx.HorizontalAdd(Halves(from), Halves(from + 8));
            Vector256<double> second = Avx.HorizontalAdd(Halves(from + 16), Halves(from + 24));
            (first.GetLower() + first.GetUpper()).Store(values + row);
            (second.GetLower() + second.GetUpper()).Store(values + row + 2);
        }
        return row;
    }

    private static bool IsNarrow<T>()
        where T : unmanaged => TileTable<T>.Width == 32 && Sse3.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FourShortRows(int rows, float* values)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            float* from = values + (row * 8);
            Vector128<float> first = Sse3.HorizontalAdd(ShortHalves(from), ShortHalves(from + 8));
            Vector128<float> second = Sse3.HorizontalAdd(ShortHalves(from + 16), ShortHalves(from + 24));
            Sse3.HorizontalAdd(first, second).Store(values + row);
        }
        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int TwoShortRows(int rows, double* values)
    {
        int row = 0;
        for (; row + 2 <= rows; row += 2)
        {
            double* from = values + (row * 4);
            Sse3.HorizontalAdd(ShortHalves(from), ShortHalves(from + 4)).Store(values + row);
        }
        return row;
    }

    private static Vector128<float> ShortHalves(float* row) => Vector128.Load(row) + Vector128.Load(row + 4);

    private static Vector128<double> ShortHalves(double* row) => Vector128.Load(row) + Vector128.Load(row + 2);

    private static Vector256<float> Halves(float* row) => Vector256.Load(row) + Vector256.Load(row + 8);

    private static Vector256<double> Halves(double* row) => Vector256.Load(row) + Vector256.Load(row + 4);
}
