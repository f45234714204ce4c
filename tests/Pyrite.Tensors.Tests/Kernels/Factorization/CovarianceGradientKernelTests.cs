using Pyrite.Kernels.Factorization;
using Pyrite.Kernels.Threads;
using Pyrite.Testing;

namespace Pyrite.Tests.Kernels;

public class CovarianceGradientKernelTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(8), InlineData(9), InlineData(23), InlineData(24), InlineData(25),
        InlineData(48), InlineData(53), InlineData(101)]
    public void It_is_half_the_outer_product_less_half_the_inverse(int n)
    {
        double[] factor = Factor(n), vector = [.. Enumerable.Range(0, n).Select(i => Math.Sin(3 * i) + 0.1)],
            expected = Expected(n, factor, vector, 1.7), found = new double[n * n];
        CovarianceGradientKernel.Run(factor, vector, 1.7, found);
        Close.Assert(found, expected, 1e-12, 1e-13, "Float64");
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(found[i], found[(i % n * n) + (i / n)]);
        }

        float[] single = new float[n * n];
        CovarianceGradientKernel.Run<float>([.. factor.Select(x => (float)x)], [.. vector.Select(x => (float)x)], 1.7f, single);
        Close.Assert(single, [.. expected.Select(x => (float)x)], 1e-4, 1e-5, "Float32");
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        const int n = 203;
        double[] factor = Factor(n), vector = [.. Enumerable.Range(0, n).Select(i => Math.Cos(i))], one = new double[n * n], all = new double[n * n];
        using (WorkerPool.LimitThreads(1))
        {
            CovarianceGradientKernel.Run(factor, vector, 1.0, one);
        }
        CovarianceGradientKernel.Run(factor, vector, 1.0, all);
        Assert.Equal(one, all);
    }

    /// <summary>Each column of the inverse by plain substitution forth and back.</summary>
    private static double[] Expected(int n, double[] factor, double[] vector, double scale)
    {
        double[] result = new double[n * n], x = new double[n];
        for (int column = 0; column < n; column++)
        {
            for (int i = 0; i < n; i++)
            {
                x[i] = i == column ? 1 : 0;
                for (int k = 0; k < i; k++)
                {
                    x[i] -= factor[(i * n) + k] * x[k];
                }
                x[i] /= factor[i * (n + 1)];
            }
            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++)
                {
                    x[i] -= factor[(k * n) + i] * x[k];
                }
                x[i] /= factor[i * (n + 1)];
                result[(i * n) + column] = 0.5 * scale * ((vector[i] * vector[column]) - x[i]);
            }
        }
        return result;
    }

    /// <summary>NaN above the diagonal, which must not be read.</summary>
    private static double[] Factor(int n)
    {
        double[] factor = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                factor[(i * n) + j] = j > i ? double.NaN : j == i ? 1.5 + (0.1 * (i % 7)) : Math.Sin((5 * i) + (3 * j)) / Math.Sqrt(n);
            }
        }
        return factor;
    }
}
