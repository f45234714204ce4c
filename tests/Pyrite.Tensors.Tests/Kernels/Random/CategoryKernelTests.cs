using Pyrite.Kernels.Random;

namespace Pyrite.Tests.Kernels;

public class CategoryKernelTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(6).Child("categories");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 10)]
    [InlineData(1, 64)]
    [InlineData(1, 65)]
    [InlineData(1, 1000)]
    [InlineData(3, 2)]
    [InlineData(3, 9)]
    [InlineData(7, 17)]
    [InlineData(5, 64)]
    [InlineData(5, 300)]
    public void Draws_are_the_first_categories_whose_running_sum_exceeds_the_uniform_number(int rows, int size)
    {
        const int count = 1500;
        const int offset = 77;
        double[] sums = RunningSums(rows, size);
        double[] uniforms = new double[count + offset];
        Key.FillUniform(uniforms);
        long[] expected = new long[count];
        for (int i = 0; i < count; i++)
        {
            double[] row = sums[((i + offset) % rows * size)..(((i + offset) % rows * size) + size)];
            expected[i] = Array.FindIndex(row, sum => sum > uniforms[i + offset] * row[^1]);
        }
        long[] draws = new long[count];
        CategoryKernel.Fill(Key, sums, size, draws, offset);

        Assert.Equal(expected, draws);
    }

    /// <summary>Weights 0, 1, 2, 0, 1, 2, … and at least one that is not 0 in each row.</summary>
    private static double[] RunningSums(int rows, int size)
    {
        double[] sums = new double[rows * size];
        for (int i = 0; i < sums.Length; i++)
        {
            double weight = (i % size == 0 ? 1 : 0) + (((i * 7) + (i / size)) % 3);
            sums[i] = (i % size == 0 ? 0 : sums[i - 1]) + weight;
        }
        return sums;
    }
}
