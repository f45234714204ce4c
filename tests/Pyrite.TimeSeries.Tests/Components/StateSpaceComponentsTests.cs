using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Components;

/// <summary>Parts of series that add up, against matrices written by hand, and inside inference.</summary>
[Trait("Once", "Cultures")]
public sealed class StateSpaceComponentsTests
{
    private static readonly Tensor Data = RandomKey.FromSeed(2).Normal([20, 1], DType.Float64).CumulativeSum(0);

    [Fact]
    public void Parts_add_up_to_blocks()
    {
        LinearGaussianStateSpace model = (new LocalLinearTrend(0.5, 0.1) + new Seasonal(4, 0.3) + new ObservationNoise(0.7)).ToStateSpace(20);

        Assert.Equal(5, model.StateCount);
        Close.Assert(model.Transition, Tensor.From(new double[,]
        {
            { 1, 1, 0, 0, 0 }, { 0, 1, 0, 0, 0 }, { 0, 0, -1, -1, -1 }, { 0, 0, 1, 0, 0 }, { 0, 0, 0, 1, 0 },
        }), 0, 1e-15, "T");
        Close.Assert(model.TransitionCovariance.Diagonal(), Tensor.From([0.25, 0.01, 0.09, 0, 0]), 0, 1e-15, "Q");
        Close.Assert(model.Observation, Tensor.From(new double[,] { { 1, 0, 1, 0, 0 } }), 0, 1e-15, "Z");
        Assert.Equal(0.49, model.ObservationCovariance.Item(), 1e-15);
    }

    [Fact]
    public void Sums_of_independent_parts_have_added_covariances()
    {
        InitialState start = InitialState.Normal(Tensor.From([0.5]), Tensor.From(new double[,] { { 2.0 } }));
        LocalLevel level = new(0.4, start);
        AutoRegressive ar = new(Tensor.From([0.6, -0.3]), 0.8);
        Cycle cycle = new(7.0, 0.9, 0.2);
        LinearGaussianStateSpace sum = (level + ar + cycle).ToStateSpace(8);

        Close.Assert(sum.JointCovariance(), level.ToStateSpace(8).JointCovariance() + ar.ToStateSpace(8).JointCovariance()
            + cycle.ToStateSpace(8).JointCovariance(),
            1e-12, 1e-12, "covariance");
        Close.Assert(ar.ToStateSpace(8).JointCovariance()[0], new Arma(Tensor.From([0.6, -0.3]), Tensor.Zeros(0), 0.0, 0.8, 8).Autocovariance(8),
            1e-12, 1e-12, "ar");

        // γ_k of a cycle is σ² ρ^k cos(2π k/period) / (1 - ρ²).
        double[] expected = [.. Enumerable.Range(0, 8).Select(k => 0.04 / 0.19 * Math.Pow(0.9, k) * Math.Cos(2 * Math.PI * k / 7))];
        Close.Assert(cycle.ToStateSpace(8).JointCovariance()[0].ToArray<double>(), expected, 1e-12, 1e-12, "cycle");
    }

    [Theory, InlineData(2), InlineData(4), InlineData(7)]
    public void Seasons_without_noise_repeat_and_sum_to_zero_in_both_forms(int period)
    {
        foreach (StateSpaceComponent seasons in (StateSpaceComponent[])[new Seasonal(period, 0.0), new TrigonometricSeasonal(period, 0.0)])
        {
            Assert.Equal(period - 1, seasons.StateCount);
            InitialState start = InitialState.Normal(RandomKey.FromSeed(1).Normal([period - 1], DType.Float64),
                Tensor.Zeros([period - 1, period - 1], DType.Float64));
            StateSpaceComponent started = seasons is Seasonal ? new Seasonal(period, 0.0, start)
                : new TrigonometricSeasonal(period, 0.0, null, start);
            double[] means = started.ToStateSpace(3 * period).Mean.ToArray<double>();
            Assert.All(Enumerable.Range(0, 2 * period), t => Assert.Equal(means[t], means[t + period], 1e-12));
            Assert.Equal(0, means[..period].Sum(), 1e-12);
        }
    }

    [Fact]
    public void A_regression_is_the_least_squares_fit_when_nothing_else_moves()
    {
        Tensor x = RandomKey.FromSeed(7).Normal([20, 2], DType.Float64), y = x.MatMul(Tensor.From(new double[,] { { 2 }, { -1 } })) + (0.1 * Data);
        StateSpaceComponents model = new Regression(x) + new ObservationNoise(0.5);
        Smoothed smoothed = model.ToStateSpace(20).Smooth(y);
        Tensor fit = x.Transpose().MatMul(x).Solve(x.Transpose().MatMul(y)).Squeeze(-1);

        Close.Assert(smoothed.Mean[19], fit, 1e-9, 1e-9, "coefficients");
        Close.Assert(smoothed.Mean[0], fit, 1e-9, 1e-9, "coefficients at the start");
        Close.Assert(smoothed.Covariance[0], 0.25 * x.Transpose().MatMul(x).Solve(Tensor.Identity(2, DType.Float64)), 1e-9, 1e-9, "covariance");
        Close.Assert(model.Contribution(smoothed, 0).Mean, x.MatMul(fit.Unsqueeze(-1)).Squeeze(-1), 1e-9, 1e-9, "contribution");
    }

    [Fact]
    public void Contributions_sum_to_the_series_where_there_is_no_noise()
    {
        StateSpaceComponents parts = new LocalLinearTrend(0.5, 0.1, damping: 0.9) + new TrigonometricSeasonal(4, 0.2) + new Cycle(9, 0.8, 0.3);
        Smoothed smoothed = parts.ToStateSpace(20).Smooth(Data);
        Tensor sum = parts.Contribution(smoothed, 0).Mean + parts.Contribution(smoothed, 1).Mean + parts.Contribution(smoothed, 2).Mean;

        Close.Assert(sum, Data.Squeeze(-1), 1e-8, 1e-8, "sum");
        Assert.All(parts.Contribution(smoothed, 1).Variance.ToArray<double>(), variance => Assert.True(variance >= 0));
    }

    [Fact]
    public void Gradients_reach_every_number_of_every_part()
    {
        GradientCheck.Verify(
            x => (new LocalLinearTrend(x[0], x[1], x[2]) + new Seasonal(3, x[3]) + new Cycle(x[4], x[5], x[6]) + new AutoRegressive(x[7], x[8])
                + new ObservationNoise(x[9]))
                .ToStateSpace(20).LogProb(Data),
            Number(0.5), Number(0.3), Number(0.9), Number(0.4), Number(8), Number(0.7), Number(0.6), Tensor.From([0.4, 0.2]), Number(0.5),
                Number(0.8));

        static Tensor Number(double value) => Tensor.From([value]).Reshape(Shape.Scalar);
    }

    [Fact]
    public void Bad_parts_are_refused_in_words()
    {
        Assert.Contains("0 or larger", Assert.Throws<ArgumentException>(() => new LocalLevel(-1.0)).Message);
        Assert.Contains("stationary process", Assert.Throws<ArgumentException>(() => new AutoRegressive(Tensor.From([0.5, 0.6]), 1.0)).Message);
        Assert.Contains("0 to below 1", Assert.Throws<ArgumentException>(() => new Cycle(5.0, 1.0, 1.0)).Message);
        Assert.Contains("longer than 2", Assert.Throws<ArgumentException>(() => new Cycle(2.0, 0.9, 1.0)).Message);
        Assert.Contains("1 to 3 waves", Assert.Throws<ArgumentOutOfRangeException>(() => new TrigonometricSeasonal(7, 1.0, 4)).Message);
        Assert.Contains("a row for each step", Assert.Throws<ArgumentException>(() => new Regression(Tensor.Ones(3))).Message);
        Assert.Contains("add a part that has a state", Assert.Throws<ArgumentException>(() => new ObservationNoise(1.0).ToStateSpace(3)).Message);
    }

    [Fact]
    public void Nuts_finds_the_scales_of_a_local_level_and_runs_compiled()
    {
        Tensor truth = RandomKey.FromSeed(11).Normal([80, 1], DType.Float64).CumulativeSum(0) * 0.5;
        Tensor y = truth + (0.8 * RandomKey.FromSeed(12).Normal([80, 1], DType.Float64));
        Potential potential = Potential.Of(Model);
        McmcResult posterior = Mcmc.Run(Model, chains: 2, warmup: 200, draws: 200, seed: 1);

        Assert.True(potential.IsReplayed);
        Summary summary = posterior.Summary();

        // The truth within four posterior standard deviations: an alarm in about 1e4 seeds.
        Assert.InRange((summary["level"].Mean - 0.5) / summary["level"].StandardDeviation, -4, 4);
        Assert.InRange((summary["noise"].Mean - 0.8) / summary["noise"].StandardDeviation, -4, 4);

        void Model()
        {
            Tensor level = Sample("level", new HalfNormal(1)), noise = Sample("noise", new HalfNormal(1));
            Sample("y", (new LocalLevel(level) + new ObservationNoise(noise)).ToStateSpace(80), observed: y);
        }
    }

    [Fact]
    public void Variational_inference_comes_to_the_mode_of_the_scales()
    {
        AutoNormal<int> guide = new(_ => Model());
        Svi<int> svi = new(_ => Model(), guide, new Adam(0.05), new TraceElbo(), seed: 1);
        svi.Run(0, 400);
        (double level, double noise) = (guide.Median(svi.Parameters)["level"].Item(), guide.Median(svi.Parameters)["noise"].Item());

        // The density of the medians that are found is close to the highest on a grid: an optimum is flat within half a nat.
        double best = Grid().SelectMany(one => Grid().Select(two => Density(one, two))).Max();
        Assert.InRange(best - Density(level, noise), -0.2, 0.7);

        static IEnumerable<double> Grid() => Enumerable.Range(1, 20).Select(i => 0.1 * i);

        static double Density(double one, double two) =>
            (new LocalLevel(one) + new ObservationNoise(two)).ToStateSpace(20).LogProb(Data).Item() - (0.5 * ((one * one) + (two * two)));

        static void Model()
        {
            Tensor level = Sample("level", new HalfNormal(1)), noise = Sample("noise", new HalfNormal(1));
            Sample("y", (new LocalLevel(level) + new ObservationNoise(noise)).ToStateSpace(20), observed: Data);
        }
    }

    [Fact]
    public void A_series_may_be_latent_itself()
    {
        McmcResult posterior = Mcmc.Run(Model, chains: 1, warmup: 200, draws: 300, seed: 1);
        Smoothed exact = (new LocalLevel(0.5) + new ObservationNoise(0.1)).ToStateSpace(4).Smooth(Data[..4]);

        // Four means of some 300 draws with standard deviations below 0.1.
        Close.Assert(posterior["path"].Mean([0, 1]).Reshape(4), exact.Mean.Squeeze(-1), 0, 0.04, "latent path");

        static void Model()
        {
            InitialState start = InitialState.Normal(Tensor.Zeros([1], DType.Float64), 1e4 * Tensor.Identity(1, DType.Float64));
            Tensor path = Sample("path", new LocalLevel(0.5, start).ToStateSpace(4));
            Sample("y", new Normal(path, 0.1).ToEvent(2), observed: Data[..4]);
        }
    }
}
