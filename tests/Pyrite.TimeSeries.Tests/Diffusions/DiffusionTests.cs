using Pyrite.Testing;

namespace Pyrite.Diffusions;

/// <summary>Stochastic differential equations: exact transitions, and steps of Euler and Maruyama.</summary>
public sealed class DiffusionTests
{
    private static readonly Tensor Times = Tensor.From([0.5, 0.7, 1.4, 3.0]);
    private static readonly Tensor Path = Tensor.From([0.2, 0.5, -0.3, 1.0]);

    [Fact]
    public void A_stationary_path_is_a_Gaussian_vector_with_exponential_covariance()
    {
        Tensor covariance = 0.49 / 1.6 * (-0.8 * (Times.Unsqueeze(-1) - Times).Abs()).Exp();
        OrnsteinUhlenbeck paths = new(0.3, 0.8, 0.7, Times);

        Assert.Equal(new MultivariateNormal(Tensor.Full([4], 0.3, DType.Float64), covarianceMatrix: covariance).LogProb(Path).Item(),
            paths.LogProb(Path).Item(), 1e-12);
        Assert.Equal(new Normal(0.3, Math.Sqrt(0.49 / 1.6)).LogProb(0.2).Item(),
            new OrnsteinUhlenbeck(0.3, 0.8, 0.7, Times[..1]).LogProb(Path[..1]).Item(), 1e-12);
        Tensor draws = paths.Sample(RandomKey.FromSeed(1), [20_000]) - 0.3;
        Close.Assert(draws.Transpose().MatMul(draws) / 20_000.0, covariance, 0, 0.015, "covariance of draws");
    }

    [Fact]
    public void A_path_from_a_start_steps_on_from_it()
    {
        double sum = 0, before = 2, time = 0;
        double[] times = Times.ToArray<double>(), path = Path.ToArray<double>();
        for (int i = 0; i < 4; i++)
        {
            double kept = Math.Exp(-0.8 * (times[i] - time));
            sum += new Normal(0.3 + (kept * (before - 0.3)), Math.Sqrt(0.49 * (1 - (kept * kept)) / 1.6)).LogProb(path[i]).Item();
            (before, time) = (path[i], times[i]);
        }

        Assert.Equal(sum, new OrnsteinUhlenbeck(0.3, 0.8, 0.7, Times, 2.0).LogProb(Path).Item(), 1e-12);
        GradientCheck.Verify(x => new OrnsteinUhlenbeck(x[0], x[1], x[2], Times, x[3]).LogProb(x[4]), Scalar(0.3), Scalar(0.8), Scalar(0.7),
            Scalar(2), Path);
        GradientCheck.Verify(x => new OrnsteinUhlenbeck(x[0], x[1], x[2], Times).LogProb(x[3]), Scalar(0.3), Tensor.From([0.8, 1.2]), Scalar(0.7),
            Path);
        Assert.Equal([3, 2, 4], new OrnsteinUhlenbeck(0.3, Tensor.From([0.8, 1.2]), 0.7, Times, 1.0).Sample(RandomKey.FromSeed(1), [3]).Shape);
    }

    [Fact]
    public void Steps_of_Euler_and_Maruyama_come_close_to_the_exact_path()
    {
        Tensor times = Tensor.LinearSpace(0, 1, 401);
        Tensor exact = new OrnsteinUhlenbeck(0.3, 0.8, 0.7, times.Slice(0, 1, 400), 2.0).Sample(RandomKey.FromSeed(5));
        EulerMaruyama steps = new((_, x) => 0.8 * (0.3 - x), (_, x) => 0.7 + (0.0 * x), 2.0, times);

        Assert.Equal(new OrnsteinUhlenbeck(0.3, 0.8, 0.7, times.Slice(0, 1, 400), 2.0).LogProb(exact).Item(), steps.LogProb(exact).Item(), 0.5);
        Tensor ends = steps.Sample(RandomKey.FromSeed(1), [1_000]).Select(-1, 399);

        // The standard error of the mean is 0.016; five of them, and the error of the steps.
        Assert.InRange(ends.Mean().Item(), 0.3 + (1.7 * Math.Exp(-0.8)) - 0.085, 0.3 + (1.7 * Math.Exp(-0.8)) + 0.085);
    }

    [Fact]
    public void Vectors_have_components_of_their_own()
    {
        Tensor times = Tensor.From([0.0, 0.1, 0.3]), path = Tensor.From(new double[,] { { 1, 2 }, { 1.1, 1.8 } });
        EulerMaruyama steps = new((t, x) => t - x, (_, x) => 1 + x.Square(), Tensor.From([0.5, 1.5]), times);
        double Step(double before, double time, double length, double after) =>
            new Normal(before + ((time - before) * length), (1 + (before * before)) * Math.Sqrt(length)).LogProb(after).Item();
        double expected = Step(0.5, 0, 0.1, 1) + Step(1.5, 0, 0.1, 2) + Step(1, 0.1, 0.2, 1.1) + Step(2, 0.1, 0.2, 1.8);

        Assert.Equal(expected, steps.LogProb(path).Item(), 1e-12);
        Assert.Equal([5, 2, 2], steps.Sample(RandomKey.FromSeed(1), [5]).Shape);
    }

    [Fact]
    public void Paths_of_a_batch_have_parameters_of_their_own()
    {
        Tensor times = Tensor.From([0.0, 0.1, 0.3]), rates = Tensor.From([0.5, 2.0]), starts = Tensor.From([1.0, -1.0]);
        Tensor paths = Tensor.From(new double[,] { { 0.9, 1.1 }, { -0.7, -0.2 } });
        EulerMaruyama Of(Tensor rate, Tensor start, Shape? batch) =>
            new((_, x) => -(batch is null ? rate : rate.Unsqueeze(-1)) * x, (_, _) => 0.4, start, times, batch: batch);
        EulerMaruyama both = Of(rates, starts, [2]), shared = Of(rates, 0.5, [2]);

        Assert.Equal([2], both.BatchShape);
        Assert.Equal([2], both.EventShape);
        for (int i = 0; i < 2; i++)
        {
            Close.Assert(both.LogProb(paths)[i], Of(rates[i], starts[i], null).LogProb(paths[i]), 1e-12, 1e-12, "density");
            Close.Assert(shared.LogProb(paths[0])[i], Of(rates[i], 0.5, null).LogProb(paths[0]), 1e-12, 1e-12, "one path, two rates");
        }
        Assert.Equal([5, 2, 2], both.Sample(RandomKey.FromSeed(1), [5]).Shape);
        GradientCheck.Verify(x => Of(x[0], x[1], [2]).Sample(RandomKey.FromSeed(1), [3]), rates, starts);
        GradientCheck.Verify(x => Of(x[0], x[1], [2]).LogProb(x[2]), rates, starts, paths);
    }

    [Fact]
    public void Vectors_of_a_batch_and_forgotten_axes_are_told_apart()
    {
        Tensor times = Tensor.From([0.0, 0.1, 0.3]), rates = Tensor.From([0.5, 2.0, 1.0]);
        EulerMaruyama vectors = new((_, x) => -rates.Reshape(3, 1, 1) * x, (_, _) => 0.4, Tensor.Ones([3, 2], DType.Float64), times, batch: [3]);

        Assert.Equal([3, 2, 2], vectors.Sample(RandomKey.FromSeed(1)).Shape);
        Assert.Equal([3], vectors.LogProb(Tensor.Ones([2, 2], DType.Float64)).Shape);
        EulerMaruyama forgotten = new((_, x) => -rates * x, (_, _) => 0.4, 1.0, times, batch: [3]);
        EulerMaruyama untold = new((_, x) => -rates.Unsqueeze(-1) * x, (_, _) => 0.4, 1.0, times);
        Assert.Contains("need an axis for the steps", Assert.Throws<ArgumentException>(() => forgotten.Sample(RandomKey.FromSeed(1))).Message);
        Assert.Contains("shape as batch: (it is [])", Assert.Throws<ArgumentException>(() => untold.LogProb(Tensor.From([1.0, 1.0]))).Message);
        Assert.Contains("a batch [3]", Assert.Throws<ArgumentException>(() =>
            new EulerMaruyama((_, x) => x, (_, _) => 1.0, Tensor.Ones(2, 2), times, batch: [3])).Message);
    }

    [Fact]
    public void Times_must_increase()
    {
        Assert.Contains("must increase", Assert.Throws<ArgumentException>(() =>
            new OrnsteinUhlenbeck(0.0, 1.0, 1.0, Tensor.From([0.0, 1, 1]))).Message);
        Assert.Contains("must increase", Assert.Throws<ArgumentException>(() =>
            new OrnsteinUhlenbeck(0.0, 1.0, 1.0, Tensor.From([1.0, 2]), 0.0, startTime: 1)).Message);
        Assert.Contains("at least one step", Assert.Throws<ArgumentException>(() =>
            new EulerMaruyama((_, x) => x, (_, x) => x, 1.0, Tensor.From([0.0]))).Message);
    }

    private static Tensor Scalar(double value) => Tensor.From([value]).Reshape(Shape.Scalar);
}
