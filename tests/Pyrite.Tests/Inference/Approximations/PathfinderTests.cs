using Pyrite.Inference.Approximations;
using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class PathfinderTests
{
    [Fact]
    public void A_regression_has_the_moments_of_its_posterior()
    {
        PathfinderResult found = Pathfinder.Run(Line, draws: 2_000);
        McmcResult exact = Mcmc.Run(Line, seed: 3);
        Assert.True(found.IsReliable, $"k is {found.ParetoK}");
        foreach (string name in new[] { "a", "b", "s" })
        {
            double[] own = found.Draws.Scalar(name), other = exact.Draws.Scalar(name);
            double deviation = StandardDeviation(other);
            Assert.InRange(own.Average() - other.Average(), -0.15 * deviation, 0.15 * deviation);
            Assert.InRange(StandardDeviation(own) / deviation, 0.85, 1.15);
        }
        Assert.Empty(found.Advice);
    }

    [Fact]
    public void A_path_that_fails_fails_alone_and_is_told_of()
    {
        // The second start lies where the model cannot be computed.
        InitialValues starts = InitialValues.Of(new Dictionary<string, Tensor> { ["x"] = 0.5 }, new Dictionary<string, Tensor> { ["x"] = -50.0 });
        PathfinderResult found = Pathfinder.Run(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Factor("wall", Tensor.Where(x > -10.0, 0.0, double.NegativeInfinity));
        }, paths: 2, start: starts);
        Assert.Equal([PathStatus.Converged, PathStatus.Failed], found.Paths.Select(path => path.Status));
        Assert.Contains("1 of 2 paths failed", Assert.Single(found.Advice), StringComparison.Ordinal);
        Assert.Equal(0, found["x"].Mean().Item(), 0.2);
    }

    [Fact]
    public void A_posterior_that_is_far_from_normal_is_told_of_and_its_draws_are_starts()
    {
        PathfinderResult found = Pathfinder.Run(Funnel, seed: 2);
        Assert.False(found.IsReliable);
        Assert.Contains("start: result", Assert.Single(found.Advice), StringComparison.Ordinal);
        McmcResult run = Mcmc.Run(Funnel, chains: 2, warmup: 50, draws: 20, start: found);
        Assert.True(run.IsComplete);
    }

    [Fact]
    public void Draws_are_the_same_at_any_number_of_threads()
    {
        double[] Draws(int threads)
        {
            using Pyrite.Kernels.Threads.WorkerPool.ThreadLimit limit = Pyrite.Kernels.Threads.WorkerPool.LimitThreads(threads);
            return Pathfinder.Run(Line, draws: 50, seed: 5)["b"].ToArray<double>();
        }
        Assert.Equal(Draws(1), Draws(3));
    }

    [Fact]
    public void Long_points_take_a_factor_in_product_form_with_the_covariance_of_the_pairs()
    {
        const int Size = 120;
        CurvaturePairs pairs = new(Size, 5);
        double[] Normals(int index)
        {
            double[] numbers = new double[Size];
            RandomKey.FromSeed(1).Child(index).FillNormal(numbers);
            return numbers;
        }
        for (int i = 0; i < 7; i++)
        {
            double[] step = Normals(i);
            pairs.Add(step, [.. step.Select((s, k) => (s * (1 + (k % 4))) + (0.1 * step[(k + 1) % Size]))]);
        }
        NormalApproximation normal = new(pairs, new double[Size], new double[Size]);
        double[] matrix = pairs.Matrix();
        double[] factor = NormalApproximation.Factor(matrix, Size)!;
        Assert.Equal(2 * Enumerable.Range(0, Size).Sum(i => Math.Log(factor[(i * Size) + i])), normal.LogDeterminant, 1e-9);

        // W W' = H: the images of the unit vectors.
        double[][] columns = [.. Enumerable.Range(0, Size).Select(i =>
        {
            double[] unit = new double[Size], image = new double[Size];
            unit[i] = 1;
            normal.Draw(unit, image);
            return image;
        })];
        double[] product = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                product[(i * Size) + j] = columns.Sum(column => column[i] * column[j]);
            }
        }
        Close.Assert(product, matrix, 1e-9, 1e-10, "covariance");
    }

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Select(x => (x - mean) * (x - mean)).Average());
    }

    private static void Line()
    {
        Tensor x = Tensor.From([-2.0, -1, 0, 1, 2, 3, 4, 5]), y = Tensor.From([-3.1, -0.8, 1.2, 2.7, 5.4, 6.6, 9.3, 10.9]);
        Tensor a = Sample("a", new Normal(0, 5)), b = Sample("b", new Normal(0, 5)), s = Sample("s", new LogNormal(-1, 0.4));
        using PlateScope rows = Plate("rows", 8);
        Sample("y", new Normal(a + (b * x), s), observed: y);
    }

    private static void Funnel()
    {
        Tensor scale = Sample("scale", new Normal(0, 3));
        Sample("x", new Normal(0, (scale / 2).Exp()).Expand([20]).ToEvent(1));
    }
}
