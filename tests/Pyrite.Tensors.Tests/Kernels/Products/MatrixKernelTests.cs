using System.Numerics;
using Pyrite.Kernels.Products;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels;

public sealed unsafe class MatrixKernelTests
{
    [Fact]
    public void Every_remainder_size_agrees_with_plain_loops()
    {
        System.Random random = new(1);
        for (int m = 1; m <= 34; m += 1 + (m / 8))
        {
            for (int n = 1; n <= 70; n += 1 + (n / 20))
            {
                int k = random.Next(1, 40);
                Check<float>(m, n, k, random);
                Check<double>(m, n, k, random);
            }
        }
    }

    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(97, 131, 400)]
    [InlineData(60, 49, 1000)]
    [InlineData(129, 65, 769)]
    [InlineData(33, 600, 60)]
    [InlineData(600, 33, 60)]
    [InlineData(128, 32, 900)]
    [InlineData(200, 145, 100)]
    [InlineData(57, 273, 130)]
    [InlineData(16, 16, 5000)]
    [InlineData(5, 7, 9000)]
    [InlineData(32, 2, 4200)]
    [InlineData(1, 3000, 130)]
    [InlineData(1, 50, 5000)]
    [InlineData(1, 100, 20000)]
    [InlineData(3000, 1, 130)]
    [InlineData(7, 1, 40000)]
    [InlineData(50, 1, 5000)]
    [InlineData(1, 1, 70000)]
    [InlineData(2, 2, 385)]
    [InlineData(130, 100, 1)]
    [InlineData(700, 2, 128)]
    [InlineData(65, 5, 400)]
    [InlineData(70, 90, 512)]
    [InlineData(40, 500, 100)]
    [InlineData(61, 33, 70)]
    [InlineData(140, 350, 390)]
    public void Blocked_split_and_vector_shapes_agree_with_plain_loops(int m, int n, int k)
    {
        System.Random random = new(m + n + k);
        for (int i = 0; i < 4; i++)
        {
            Check<float>(m, n, k, random);
            Check<double>(m, n, k, random);
        }
    }

    [Fact]
    public void An_empty_sum_still_gets_its_epilogue()
    {
        float[] bias = [1, -2, 3];
        float[] c = new float[6];
        fixed (float* pb = bias, pc = c)
        {
            MatrixKernel.Multiply(2, 3, 0, pc, 0, 1, pc, 3, 1, pc, 3, false, new Epilogue<float>(pb, relu: true));
        }
        Assert.Equal([1f, 0, 3, 1, 0, 3], c);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void Empty_results_are_left_alone(int m, int n)
    {
        float value = 7;
        MatrixKernel.Multiply(m, n, 2, &value, 0, 0, &value, 0, 0, &value, n, false, default);
        Assert.Equal(7, value);
    }

    [Theory]
    [InlineData(5, 8, 8, 8, false)]
    [InlineData(70, 4, 5, 6, false)]
    [InlineData(3, 90, 80, 70, false)]
    [InlineData(40, 3, 20, 15, true)]
    public void A_batch_is_its_entries_one_by_one(int batch, int m, int n, int k, bool shared)
    {
        System.Random random = new(7);
        using GuardedArray<double> a = new((nint)batch * m * k, random);
        using GuardedArray<double> b = new((nint)(shared ? 1 : batch) * k * n, random);
        using GuardedArray<double> c = new((nint)batch * m * n, random);
        using GuardedArray<double> mask = new((nint)batch * m * n, random);
        using GuardedArray<double> expected = c.Copy();
        nint bBatch = shared ? 0 : (nint)k * n;
        for (int i = 0; i < batch; i++)
        {
            MatrixKernel.Multiply(
                m, n, k, a.Pointer + (i * m * k), k, 1, b.Pointer + (i * bBatch), n, 1, expected.Pointer + (i * m * n), n,
                true, new Epilogue<double>(mask: mask.Pointer + (i * m * n)));
        }
        MatrixKernel.MultiplyBatch(
            batch, m, n, k, a.Pointer, m * k, k, 1, b.Pointer, bBatch, n, 1, c.Pointer, m * n, n, true, new Epilogue<double>(mask: mask.Pointer));
        Assert.True(expected.Span.SequenceEqual(c.Span));
        c.AssertGuards();
    }

    [Theory]
    [InlineData(200, 150, 500)]
    [InlineData(30, 30, 8192)]
    [InlineData(1, 2000, 300)]
    [InlineData(2000, 1, 300)]
    [InlineData(128, 6272, 32)]
    [InlineData(128, 128, 128)]
    [InlineData(37, 4099, 65)]
    public void Bits_do_not_depend_on_the_thread_count(int m, int n, int k)
    {
        System.Random random = new(3);
        using GuardedArray<float> a = new((nint)m * k, random);
        using GuardedArray<float> b = new((nint)k * n, random);
        using GuardedArray<float> expected = new((nint)m * n);
        using GuardedArray<float> c = new((nint)m * n);
        using (WorkerPool.LimitThreads(1))
        {
            MatrixKernel.Multiply(m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, expected.Pointer, n, false, default);
        }
        for (int threads = 2; threads <= 3; threads++)
        {
            using (WorkerPool.LimitThreads(threads))
            {
                MatrixKernel.Multiply(m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, c.Pointer, n, false, default);
            }
            Assert.True(expected.Span.SequenceEqual(c.Span), $"{threads} threads");
        }
    }

    private static void Check<T>(int m, int n, int k, System.Random random)
        where T : unmanaged, INumber<T>
    {
        // Strides: row-major, column-major, a view with gaps, or gaps in both directions.
        (nint aRow, nint aColumn, nint aLength) = Strides(m, k, random.Next(4));
        (nint bRow, nint bColumn, nint bLength) = Strides(k, n, random.Next(4));
        nint cRow = n + random.Next(2);
        bool accumulate = random.Next(2) == 0;
        bool relu = random.Next(2) == 0;
        using GuardedArray<T> a = new(aLength, random);
        using GuardedArray<T> b = new(bLength, random);
        using GuardedArray<T> c = new(m * cRow, random);
        using GuardedArray<T> bias = new(n, random);
        using GuardedArray<T> mask = new(m * cRow, random);
        Epilogue<T> epilogue = new(random.Next(2) == 0 ? bias.Pointer : null, relu, random.Next(2) == 0 ? mask.Pointer : null);

        double[] expected = new double[m * cRow];
        double[] scale = new double[m * cRow];
        for (nint i = 0; i < m; i++)
        {
            for (nint j = 0; j < cRow; j++)
            {
                nint at = (i * cRow) + j;
                double sum = accumulate || j >= n ? double.CreateChecked(c.Pointer[at]) : 0;
                for (nint p = 0; j < n && p < k; p++)
                {
                    double term =
                        double.CreateChecked(a.Pointer[(i * aRow) + (p * aColumn)]) * double.CreateChecked(b.Pointer[(p * bRow) + (j * bColumn)]);
                    sum += term;
                    scale[at] += Math.Abs(term);
                }
                if (j < n)
                {
                    sum += epilogue.Bias == null ? 0 : double.CreateChecked(epilogue.Bias[j]);
                    sum = relu ? Math.Max(sum, 0) : sum;
                    sum = epilogue.Mask != null && epilogue.Mask[at] <= T.Zero ? 0 : sum;
                }
                expected[at] = sum;
            }
        }
        MatrixKernel.Multiply(m, n, k, a.Pointer, aRow, aColumn, b.Pointer, bRow, bColumn, c.Pointer, cRow, accumulate, epilogue);
        c.AssertNear(expected, scale, $"{typeof(T).Name} {m}x{n}x{k}, A {aRow},{aColumn}, B {bRow},{bColumn}, accumulate {accumulate}, relu {relu}");
    }

    private static (nint Row, nint Column, nint Length) Strides(int rows, int columns, int kind) => kind switch
    {
        0 => (columns, 1, (nint)rows * columns),
        1 => (1, rows, (nint)rows * columns),
        2 => (columns + 3, 1, (nint)rows * (columns + 3)),
        _ => (2, 2 * rows, (nint)2 * rows * columns),
    };
}
