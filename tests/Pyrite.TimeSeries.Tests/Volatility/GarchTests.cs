using Pyrite.Testing;

namespace Pyrite.Volatility;

/// <summary>GARCH processes of all forms against the recursion written out, and against their own draws.</summary>
public sealed class GarchTests
{
    private static readonly Tensor Data = RandomKey.FromSeed(6).Normal([40], DType.Float64);

    [Theory, InlineData(true), InlineData(false)]
    public void Variances_follow_the_recursion_and_gradients_follow_them(bool isGiven)
    {
        Tensor omega = Scalar(0.2), alpha = Tensor.From([0.1, 0.05]), beta = Tensor.From([0.3, 0.2]), gamma = Tensor.From([0.15]),
            first = Scalar(1.7);
        Tensor mean = Scalar(0.1), nu = Scalar(5.5), ar = Tensor.From([0.4, -0.2]);
        Garch model = new(omega, alpha, beta, 40, mean, gamma, nu, isGiven ? first : null, ar);
        double[] y = Data.ToArray<double>(), e = new double[40], h = new double[40];
        double start = isGiven ? 1.7 : 0.2 / (1 - 0.15 - 0.5 - 0.075), sum = 0;
        for (int t = 0; t < 40; t++)
        {
            double Past(double[] series, int lag) => t >= lag ? series[t - lag] : double.NaN;
            double Square(int lag) => t >= lag ? e[t - lag] * e[t - lag] : start;
            double Variance(int lag) => t >= lag ? h[t - lag] : start;
            e[t] = y[t] - 0.1 - (t >= 1 ? 0.4 * (Past(y, 1) - 0.1) : 0) + (t >= 2 ? 0.2 * (Past(y, 2) - 0.1) : 0);
            double negative = t >= 1 ? (e[t - 1] < 0 ? Square(1) : 0) : 0.5 * start;
            h[t] = t == 0 ? start : 0.2 + (0.1 * Square(1)) + (0.05 * Square(2)) + (0.3 * Variance(1)) + (0.2 * Variance(2)) + (0.15 * negative);
            sum += new StudentT(5.5, 0.0, Math.Sqrt(h[t] * 3.5 / 5.5)).LogProb(e[t]).Item();
        }

        Close.Assert(model.Variances(Data).ToArray<double>(), h, 1e-12, 1e-12, "variances");
        Assert.Equal(sum, model.LogProb(Data).Item(), 1e-10);
        GradientCheck.Verify(x => new Garch(x[0], x[1], x[2], 40, x[3], x[4], x[5], isGiven ? x[6] : null, x[7]).LogProb(x[8]),
            omega, alpha, beta, mean, gamma, nu, first, ar, Data);
    }

    [Fact]
    public void Draws_have_the_stationary_variance_and_batches_are_models_one_by_one()
    {
        Garch batch = new(Tensor.From([0.2, 0.5]), Tensor.From([0.1]), Tensor.From([0.6]), 40);
        Assert.Equal(new Garch(0.5, Tensor.From([0.1]), Tensor.From([0.6]), 40).LogProb(Data).Item(), batch.LogProb(Data)[1].Item(), 1e-12);
        double[] variance = batch.Sample(RandomKey.FromSeed(3), [2_000]).Square().Mean([0]).Mean(-1).ToArray<double>();

        // 80,000 squares, dependent over some ten steps with a kurtosis of 3.2: a standard error of about 1 %.
        Assert.InRange(variance[0], 0.63, 0.70);
        Assert.InRange(variance[1], 1.58, 1.75);
    }

    [Fact]
    public void What_follows_a_series_has_the_variance_that_is_forecast()
    {
        Garch model = new(0.2, Tensor.From([0.2, 0.1]), Tensor.From([0.3]), 40, mean: 0.5, asymmetric: Tensor.From([0.1]));
        Tensor ahead = model.SampleAhead(RandomKey.FromSeed(9), Data, 6, [40_000]);
        double[] share = ((ahead - 0.5).Square().Mean([0]) / model.ForecastVariances(Data, 6)).ToArray<double>();

        // Standard errors of squares are below 1.2 % here; five of them.
        Assert.All(share, ratio => Assert.InRange(ratio, 0.94, 1.06));
        Tensor student = new Garch(0.2, Tensor.From([0.2]), Tensor.From([0.3]), 40, degrees: 6.0,
            ar: Tensor.From([0.5])).SampleAhead(RandomKey.FromSeed(1), Data, 3);
        Assert.Equal([3], student.Shape);
    }

    [Fact]
    public void Bad_coefficients_are_refused_in_words()
    {
        Tensor none = Tensor.Zeros(0);
        Assert.Contains("must stay below 1", Assert.Throws<ArgumentException>(() =>
            new Garch(0.1, Tensor.From([0.3]), Tensor.From([0.8]), 40)).Message);
        Assert.Contains("alpha must be", Assert.Throws<ArgumentException>(() => new Garch(0.1, Tensor.From([-0.3]), none, 40)).Message);
        Assert.Contains("must not be negative", Assert.Throws<ArgumentException>(() =>
            new Garch(0.1, Tensor.From([0.1]), none, 40, asymmetric: Tensor.From([-0.2]))).Message);
        Assert.Contains("greater than 2", Assert.Throws<ArgumentException>(() => new Garch(0.1, Tensor.From([0.1]), none, 40, degrees: 1.5)).Message);
        Assert.Contains("Tensor.From([0.1])", Assert.Throws<ArgumentException>(() => new Garch(0.1, 0.1, none, 40)).Message);
        _ = new Garch(0.1, Tensor.From([0.3]), Tensor.From([0.8]), 40, firstVariance: 1.0);
    }

    private static Tensor Scalar(double value) => Tensor.From([value]).Reshape(Shape.Scalar);
}
