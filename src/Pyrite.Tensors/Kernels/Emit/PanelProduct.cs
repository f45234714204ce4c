using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Emit;

/// <summary>Products of a block of a laid-out matrix (<see cref="MatrixPanels"/>) with vectors, from both sides.</summary>
/// <remarks>The order of every sum depends on the matrix's shape and the width of vectors alone.</remarks>
/// <typeparam name="V">The vectors.</typeparam>
internal static unsafe class PanelProduct<V>
    where V : unmanaged, ISimd<V, double>
{
    /// <summary>target[row] = Σ matrix[row, column] · vector[column].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(nint matrix, nint vector, nint target, int columns, int panels)
    {
        double* x = (double*)matrix, v = (double*)vector, y = (double*)target;
        if (panels < MatrixPanels.Depth)
        {
            for (int panel = 0; panel < panels; panel++)
            {
                Panel(x + (panel * V.Count), panels * V.Count, v, columns).Store(ref y[panel * V.Count], 0);
            }
            return;
        }
        V y0 = V.Of(0), y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0;
        for (int column = 0; column < columns; column++, x += MatrixPanels.Depth * V.Count)
        {
            V factor = V.Of(v[column]);
            y0 = V.MultiplyAdd(At(x, 0), factor, y0);
            y1 = V.MultiplyAdd(At(x, 1), factor, y1);
            y2 = V.MultiplyAdd(At(x, 2), factor, y2);
            y3 = V.MultiplyAdd(At(x, 3), factor, y3);
            y4 = V.MultiplyAdd(At(x, 4), factor, y4);
            y5 = V.MultiplyAdd(At(x, 5), factor, y5);
            y6 = V.MultiplyAdd(At(x, 6), factor, y6);
            y7 = V.MultiplyAdd(At(x, 7), factor, y7);
        }
        y0.Store(ref y[0], 0);
        y1.Store(ref y[V.Count], 0);
        y2.Store(ref y[2 * V.Count], 0);
        y3.Store(ref y[3 * V.Count], 0);
        y4.Store(ref y[4 * V.Count], 0);
        y5.Store(ref y[5 * V.Count], 0);
        y6.Store(ref y[6 * V.Count], 0);
        y7.Store(ref y[7 * V.Count], 0);
    }

    /// <summary>sums[column] += matrix[row, column] · weights[row], a vector of partial sums for each column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddColumns(nint matrix, nint weights, nint sums, int columns, int panels)
    {
        double* x = (double*)matrix, w = (double*)weights, s = (double*)sums;
        if (panels < MatrixPanels.Depth)
        {
            for (int column = 0; column < columns; column++, s += V.Count)
            {
                V sum = At(s, 0);
                for (int panel = 0; panel < panels; panel++, x += V.Count)
                {
                    sum = V.MultiplyAdd(At(x, 0), At(w, panel), sum);
                }
                sum.Store(ref s[0], 0);
            }
            return;
        }
        V w0 = At(w, 0), w1 = At(w, 1), w2 = At(w, 2), w3 = At(w, 3), w4 = At(w, 4), w5 = At(w, 5), w6 = At(w, 6), w7 = At(w, 7);
        for (int column = 0; column < columns; column++, x += MatrixPanels.Depth * V.Count, s += V.Count)
        {
            V even = V.MultiplyAdd(At(x, 0), w0, At(s, 0)), odd = At(x, 1) * w1;
            even = V.MultiplyAdd(At(x, 2), w2, even);
            odd = V.MultiplyAdd(At(x, 3), w3, odd);
            even = V.MultiplyAdd(At(x, 4), w4, even);
            odd = V.MultiplyAdd(At(x, 5), w5, odd);
            even = V.MultiplyAdd(At(x, 6), w6, even);
            odd = V.MultiplyAdd(At(x, 7), w7, odd);
            (even + odd).Store(ref s[0], 0);
        }
    }

    /// <summary>Adds up the partial sums of each column.</summary>
    public static void Finish(nint sums, nint result, int columns)
    {
        double* s = (double*)sums, y = (double*)result;
        for (int column = 0; column < columns; column++, s += V.Count)
        {
            double total = s[0];
            for (int lane = 1; lane < V.Count; lane++)
            {
                total += s[lane];
            }
            y[column] = total;
        }
    }

    /// <summary>Zeros the partial sums.</summary>
    public static void Clear(nint sums, int columns) => new Span<double>((void*)sums, columns * V.Count).Clear();

    /// <summary>One vector of rows; four sums side by side hide the latency of an addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Panel(double* x, int stride, double* v, int columns)
    {
        V y0 = V.Of(0), y1 = y0, y2 = y0, y3 = y0;
        int column = 0;
        for (; column + 4 <= columns; column += 4, x += 4 * stride)
        {
            y0 = V.MultiplyAdd(At(x, 0), V.Of(v[column]), y0);
            y1 = V.MultiplyAdd(V.Load(ref x[stride], 0), V.Of(v[column + 1]), y1);
            y2 = V.MultiplyAdd(V.Load(ref x[2 * stride], 0), V.Of(v[column + 2]), y2);
            y3 = V.MultiplyAdd(V.Load(ref x[3 * stride], 0), V.Of(v[column + 3]), y3);
        }
        for (; column < columns; column++, x += stride)
        {
            y0 = V.MultiplyAdd(At(x, 0), V.Of(v[column]), y0);
        }
        return y0 + y1 + (y2 + y3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V At(double* x, int number) => V.Load(ref x[number * V.Count], 0);
}
