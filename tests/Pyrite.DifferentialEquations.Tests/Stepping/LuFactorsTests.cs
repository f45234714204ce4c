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

    [Fact]
    public void A_singular_matrix_is_told() => Assert.False(new LuFactors(2).Factorize(0, [1, 2, 2, 4]));
}
