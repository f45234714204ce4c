using Pyrite.Stepping;
using Pyrite.Testing;

namespace Pyrite.Tests.Stepping;

public sealed class LuFactorsTests
{
    [Fact]
    public void Systems_with_the_matrix_and_its_transpose_are_solved()
    {
        const int N = 7;
        double[] matrix = RandomKey.FromSeed(1).Child("matrix").Normal([N * N], DType.Float64).ToArray<double>();
        double[] b = RandomKey.FromSeed(1).Child("b").Normal([N], DType.Float64).ToArray<double>();
        LuFactors factors = new(N);

        Assert.True(factors.Factorize(0.3, matrix));
        double[] x = [.. b], z = new double[N];
        factors.Solve(x);
        factors.SolveTransposed(b, z);
        int[] all = [.. Enumerable.Range(0, N)];
        Close.Assert([.. all.Select(i => (0.3 * x[i]) - all.Sum(j => matrix[(i * N) + j] * x[j]))], b, 1e-11, 1e-11, "the system");
        Close.Assert([.. all.Select(i => (0.3 * z[i]) - all.Sum(j => matrix[(j * N) + i] * z[j]))], b, 1e-11, 1e-11, "that of the transpose");
    }

    /// <summary>Three blocks, interleaved: the second depends on the first, the third on both; solutions are put back into the whole.</summary>
    [Fact]
    public void Blocks_that_depend_on_earlier_ones_are_solved_like_the_whole()
    {
        const int N = 9;
        double[] numbers = RandomKey.FromSeed(2).Child("matrix").Normal([N * N], DType.Float64).ToArray<double>();
        double[] b = RandomKey.FromSeed(2).Child("b").Normal([N], DType.Float64).ToArray<double>();
        double[] matrix = [.. numbers.Select((x, k) => (k % N) % 3 <= (k / N) % 3 ? x : 0)];
        LuFactors factors = new(N);
        BlockOrder order = new(N);
        order.Take(matrix);

        Assert.Equal(3, order.Blocks);
        Assert.Equal(27, order.Squares);
        Assert.Equal([0, 3, 6], order.MembersOf(0).ToArray());
        Assert.True(factors.Factorize(0.3, matrix));
        double[] x = [.. b], z = new double[N];
        factors.Solve(x);
        factors.SolveTransposed(b, z);
        int[] all = [.. Enumerable.Range(0, N)];
        Close.Assert([.. all.Select(i => (0.3 * x[i]) - all.Sum(j => matrix[(i * N) + j] * x[j]))], b, 1e-10, 1e-10, "the system");
        Close.Assert([.. all.Select(i => (0.3 * z[i]) - all.Sum(j => matrix[(j * N) + i] * z[j]))], b, 1e-10, 1e-10, "that of the transpose");
    }

    [Fact]
    public void Entries_that_appear_later_make_blocks_larger()
    {
        const int N = 6;
        double[] diagonal = [.. Enumerable.Range(0, N * N).Select(k => k % (N + 1) == 0 ? -1.0 : 0)];
        BlockOrder order = new(N);
        order.Take(diagonal);
        Assert.Equal(N, order.Blocks);
        double[] circle = [.. diagonal];
        (circle[(0 * N) + 5], circle[(5 * N) + 0]) = (1, 1);
        order.Take(circle);
        Assert.Equal(N - 1, order.Blocks);
        order.Take(diagonal);
        Assert.Equal(N - 1, order.Blocks);
        order.Restart();
        order.Take(diagonal);
        Assert.Equal(N, order.Blocks);
    }

    [Fact]
    public void A_singular_matrix_is_told() => Assert.False(new LuFactors(2).Factorize(0, [1, 2, 2, 4]));
}
