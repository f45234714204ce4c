using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels;

/// <summary>Products by blocks of a laid-out matrix against plain loops, in all widths.</summary>
public sealed unsafe class PanelProductTests
{
    [Fact]
    public void Products_of_512_bits_agree_with_plain_loops() => Check<Simd512<double>>();

    [Fact]
    public void Products_of_256_bits_agree_with_plain_loops() => Check<Simd256<double>>();

    [Fact]
    public void Products_of_128_bits_agree_with_plain_loops() => Check<Simd128<double>>();

    private static void Check<V>() where V : unmanaged, ISimd<V, double>
    {
        int block = MatrixPanels.Depth * V.Count;
        foreach (int rows in new[] { 1, V.Count - 1, V.Count, V.Count + 1, block - 1, block, block + 1, (2 * block) + V.Count + 1 })
        {
            foreach (int columns in new[] { 1, 2, 3, 4, 5, 7, 8, 13, 50 })
            {
                Check<V>(rows, columns, isTransposed: false);
                Check<V>(rows, columns, isTransposed: true);
            }
        }
    }

    private static void Check<V>(int rows, int columns, bool isTransposed) where V : unmanaged, ISimd<V, double>
    {
        int padded = (rows + V.Count - 1) / V.Count * V.Count;
        double[] matrix = Numbers("matrix", rows * columns), vector = Numbers("vector", columns), weights = new double[padded];
        Numbers("weights", rows).CopyTo(weights, 0);
        (int rowStride, int columnStride) = isTransposed ? (1, rows) : (columns, 1);
        double[] panels = new double[MatrixPanels.Count(rows, columns, V.Count)];
        Array.Fill(panels, double.NaN);
        MatrixPanels.Pack(matrix, rows, columns, rowStride, columnStride, V.Count, panels);
        double[] product = new double[padded], sums = new double[columns * V.Count], transposed = new double[columns];
        Array.Fill(sums, double.NaN);
        fixed (double* m = panels, v = vector, w = weights, y = product, s = sums, t = transposed)
        {
            PanelProduct<V>.Clear((nint)s, columns);
            for (int row = 0; row < rows; row += MatrixPanels.Depth * V.Count)
            {
                int count = Math.Min(MatrixPanels.Depth, (padded - row) / V.Count);
                PanelProduct<V>.Rows((nint)(m + (row * columns)), (nint)v, (nint)(y + row), columns, count);
                PanelProduct<V>.AddColumns((nint)(m + (row * columns)), (nint)(w + row), (nint)s, columns, count);
            }
            PanelProduct<V>.Finish((nint)s, (nint)t, columns);
        }
        for (int row = 0; row < padded; row++)
        {
            double expected =
                row < rows ? Enumerable.Range(0, columns).Sum(column => matrix[(row * rowStride) + (column * columnStride)] * vector[column]) : 0;
            Assert.Equal(expected, product[row], 1e-12);
        }
        for (int column = 0; column < columns; column++)
        {
            Assert.Equal(Enumerable.Range(0, rows).Sum(row => matrix[(row * rowStride) + (column * columnStride)] * weights[row]), transposed[column],
                1e-12);
        }
    }

    private static double[] Numbers(string name, int count)
    {
        double[] numbers = new double[count];
        RandomKey.FromSeed(1).Child(name).FillNormal(numbers);
        return numbers;
    }
}
