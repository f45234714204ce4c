using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Autoregression;

/// <summary>Autoregressive moving averages beyond the golden cases: seasons, gaps, regressors, long series.</summary>
[Trait("Once", "Cultures")]
public sealed class ArmaTests
{
    private static readonly Tensor Data = RandomKey.FromSeed(4).Normal([30], DType.Float64).CumulativeSum(0) * 0.4;

    [Theory, InlineData(0, 0), InlineData(1, 0), InlineData(0, 2), InlineData(2, 1), InlineData(1, 3)]
    public void Gradients_are_those_of_differences(int p, int q)
    {
        Tensor ar = Tensor.From<double>([0.6, -0.3], [2]).Slice(0, 0, p), ma = Tensor.From([0.5, -0.2, 0.3]).Slice(0, 0, q);
        Tensor present = Tensor.From([.. Enumerable.Range(0, 30).Select(t => t is not 0 and not 5 and not 6 and not 29)]);

        foreach (Tensor? gaps in (Tensor?[])[null, present])
        {
            GradientCheck.Verify(x => new Arma(x[0], x[1], x[2], x[3], 30, present: gaps).LogProb(x[4]), ar, ma, Tensor.From([0.3]), Scalar(0.8),
                Data);
        }
    }

    [Fact]
    public void Seasonal_factors_multiply_and_agree_with_the_state_space()
    {
        Tensor ar = Tensor.From([0.5]), ma = Tensor.From([0.3]), seasonalAr = Tensor.From([0.4]), seasonalMa = Tensor.From([-0.2]);
        Arma model = new(ar, ma, 0.5, 0.7, 30, seasonalAr, seasonalMa, 4);

        Close.Assert(model.AllAr, Tensor.From([0.5, 0, 0, 0.4, -0.2]), 0, 1e-15, "ar");
        Close.Assert(model.AllMa, Tensor.From([0.3, 0, 0, -0.2, -0.06]), 0, 1e-15, "ma");
        Close.Assert(model.LogProb(Data), model.ToStateSpace().LogProb(Data.Unsqueeze(-1)), 1e-12, 1e-12, "density");
        GradientCheck.Verify(x => new Arma(x[0], x[1], 0.5, 0.7, 30, x[2], x[3], 4).LogProb(Data), ar, ma, seasonalAr, seasonalMa);
    }

    [Fact]
    public void A_long_series_whose_covariances_have_settled_is_scored_as_by_the_general_filter()
    {
        Tensor y = RandomKey.FromSeed(8).Normal([2_000], DType.Float64), present = y < 2.5;
        foreach (double theta in (double[])[0.3, 0.95, 1.0, -1.6])
        {
            Arma model = new(Tensor.From([0.7, -0.2]), Tensor.From([theta]), 0.1, 1.1, 2_000, present: present);
            Assert.Equal(model.ToStateSpace().LogProb(y.Unsqueeze(-1)).Item(), model.LogProb(y).Item(), 1e-7);
        }
    }

    [Fact]
    public void A_mean_that_varies_is_a_regression_with_errors_of_its_own()
    {
        Tensor x = RandomKey.FromSeed(3).Normal([35, 2], DType.Float64), b = Tensor.From([2.0, -1.0]);
        Tensor line = x.MatMul(b.Unsqueeze(-1)).Squeeze(-1);
        Arma plain = new(Tensor.From([0.6]), Tensor.Zeros(0), 0.0, 0.5, 30),
            model = new(Tensor.From([0.6]), Tensor.Zeros(0), line.Slice(0, 0, 30), 0.5, 30);

        Assert.Equal(plain.LogProb(Data).Item(), model.LogProb(Data + line.Slice(0, 0, 30)).Item(), 1e-10);
        Tensor ahead = model.Forecast(Data + line.Slice(0, 0, 30), 5, line.Slice(0, 30, 5)).Mean.Squeeze(-1);
        Close.Assert(ahead, plain.Forecast(Data, 5).Mean.Squeeze(-1) + line.Slice(0, 30, 5), 1e-10, 1e-10, "forecast");
        Assert.Contains("give the mean of the steps ahead", Assert.Throws<ArgumentException>(() => model.Forecast(Data, 5)).Message);
    }

    [Fact]
    public void Batches_draws_and_single_precision_work()
    {
        Arma batch = new(Tensor.From(new double[,] { { 0.5 }, { -0.5 } }), Tensor.Zeros(0), 1.0, Tensor.From([1.0, 2.0]), 30);
        Arma second = new(Tensor.From([-0.5]), Tensor.Zeros(0), 1.0, 2.0, 30);

        Assert.Equal([2], batch.BatchShape);
        Assert.Equal(second.LogProb(Data).Item(), batch.LogProb(Data)[1].Item(), 1e-12);
        const int draws = 4_000;
        Tensor series = batch.Sample(RandomKey.FromSeed(2), [draws]);
        Assert.Equal([draws, 2, 30], series.Shape);

        // Within a share of 0.15 of the variance, some 6.7 standard errors; the mean within five.
        double[] variance = ((series - 1.0).Square().Mean([0]) / batch.Variance).ToArray<double>();
        Assert.All(variance, share => Assert.InRange(share, 0.85, 1.15));
        Arma narrow = new(Tensor.From([0.5f]), Tensor.From([0.2f]), 0f, Tensor.From([1f]).Reshape(Shape.Scalar), 30);
        Assert.Equal(DType.Float32, narrow.LogProb(Data.To(DType.Float32)).DType);
    }

    [Fact]
    public void What_is_not_stationary_or_does_not_fit_is_refused_in_words()
    {
        Assert.Contains("modulus 1,", Assert.Throws<ArgumentException>(() =>
            new Arma(Tensor.From([1.0]), Tensor.Zeros(0), 0.0, 1.0, 30).LogProb(Data)).Message);
        Assert.Contains("modulus 1.3", Assert.Throws<ArgumentException>(() =>
            new Arma(Tensor.From([0.5, 1.04]), Tensor.From([0.3]), 0.0, 1.0, 30).LogProb(Data)).Message);
        Assert.Contains("Tensor.Zeros(0)", Assert.Throws<ArgumentException>(() => new Arma(0.5, Tensor.Zeros(0), 0.0, 1.0, 30)).Message);
        Assert.Contains("needs a period", Assert.Throws<ArgumentException>(() =>
            new Arma(Tensor.Zeros(0), Tensor.Zeros(0), 0.0, 1.0, 30, Tensor.From([0.5]))).Message);
        Assert.Contains("30 elements, one a step", Assert.Throws<ArgumentException>(() =>
            new Arma(Tensor.Zeros(0), Tensor.Zeros(0), Tensor.Zeros(7), 1.0, 30)).Message);
        Assert.Contains("exists for autoregressions",
            Assert.Throws<NotSupportedException>(() => new Arma(Tensor.Zeros(0), Tensor.From([0.5]), 0.0, 1.0, 30).ConditionalLogProb(Data)).Message);
        Assert.Contains("must be", Assert.Throws<ArgumentException>(() => new Arma(Tensor.Zeros(0), Tensor.Zeros(0), 0.0, -1.0, 30)).Message);
        Assert.Contains("[.., p, k, k]", Assert.Throws<ArgumentException>(() =>
            new VectorAutoRegression(Tensor.Zeros(2, 2), Tensor.Zeros(2), Tensor.Identity(2), 5)).Message);
        Assert.Contains("modulus 1.1", Assert.Throws<ArgumentException>(
            () => new VectorAutoRegression(1.1 * Tensor.Identity(2, DType.Float64).Unsqueeze(0), Tensor.Zeros([2], DType.Float64),
                Tensor.Identity(2, DType.Float64), 5)).Message);
    }

    [Fact]
    public void The_density_of_a_model_is_replayed()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor partial = Sample("partial", new Uniform(-1, 1).Expand([2]).ToEvent(1));
            Sample("y", new Arma(new StationaryTransform().Forward(partial), Tensor.From([0.3]), 0.0, Sample("scale", new HalfNormal(1)), 30),
                observed: Data);
        });

        Assert.True(potential.IsReplayed);
        double[] gradient = new double[potential.Dimension];
        Assert.True(double.IsFinite(potential.LogDensity([0.1, -0.2, 0.3], gradient)) && gradient.All(double.IsFinite));
    }

    private static Tensor Scalar(double value) => Tensor.From([value]).Reshape(Shape.Scalar);
}
