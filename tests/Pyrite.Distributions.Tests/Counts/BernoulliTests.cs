namespace Pyrite;

public sealed class BernoulliTests
{
    [Fact]
    public void Saturated_pixels_are_scored_from_their_logits_with_finite_gradients()
    {
        Tensor logits = Tensor.From([200f, -200f, 200f, 0f]).AsVariable();
        Tensor score = new Bernoulli(logits.Sigmoid()).LogProb(Tensor.From([0f, 1f, 1f, 1f]));
        Assert.Equal([-200, -200, 0, -Math.Log(2)], score.ToArray<double>().Select(s => Math.Round(s, 6)), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([-1, 1, 0, 0.5], Gradient.Of(score.Sum(), [logits])[0].ToArray<double>());
    }

    [Fact]
    public void Logits_and_the_probabilities_of_their_sigmoid_score_alike()
    {
        Tensor logits = RandomKey.FromSeed(1).Normal([3, 700], DType.Float64) * 8;
        Tensor outcome = (RandomKey.FromSeed(2).Uniform([3, 700], DType.Float64) < 0.5).To(DType.Float64);
        Tensor byLogits = new Bernoulli(logits: logits).LogProb(outcome);
        Assert.Equal(byLogits.ToArray<double>(), new Bernoulli(logits.Sigmoid()).LogProb(outcome).ToArray<double>());
        double[] plain = logits.ToArray<double>();
        double[] x = outcome.ToArray<double>();
        double[] got = byLogits.ToArray<double>();
        for (int i = 0; i < plain.Length; i++)
        {
            double signed = x[i] == 1 ? plain[i] : -plain[i];
            double want = signed > 0 ? -Math.Log(1 + Math.Exp(-signed)) : signed - Math.Log(1 + Math.Exp(signed));
            Assert.Equal(want, got[i], 1e-12);
        }
    }

    [Fact]
    public void A_given_probability_of_zero_or_one_means_exactly_that()
    {
        Tensor score = new Bernoulli(Tensor.From([0.0, 0, 1, 1])).LogProb(Tensor.From([0.0, 1, 0, 1]));
        Assert.Equal([0, double.NegativeInfinity, double.NegativeInfinity, 0], score.ToArray<double>());
    }

    [Fact]
    public void Infinite_logits_mean_certainty()
    {
        Tensor logits = Tensor.From([double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity]);
        Tensor score = new Bernoulli(logits: logits).LogProb(Tensor.From([1.0, 0, 0, 1]));
        Assert.Equal([0, double.NegativeInfinity, 0, double.NegativeInfinity], score.ToArray<double>());
    }

    [Fact]
    public void Grey_levels_fail_with_the_three_ways_out()
    {
        ArgumentException error =
            Assert.Throws<ArgumentException>(
                () => new Bernoulli(Tensor.Full([2, 2], 0.4)).ToEvent(2).LogProb(Tensor.From(new float[,] { { 0, 1 }, { 1, 0.25f } })));
        Assert.StartsWith("Bernoulli: a scored value must be 0 or 1; found 0.25 at index [1, 1].", error.Message, StringComparison.Ordinal);
        Assert.Contains("validate: false", error.Message, StringComparison.Ordinal);
        Assert.Contains("ContinuousBernoulli", error.Message, StringComparison.Ordinal);
        Assert.Contains("binarize", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Without_validation_grey_levels_score_the_weighted_logarithms(bool fromLogits)
    {
        Tensor logits = Tensor.From([0.7, 0.7, 0.7, 0.7]);
        double p = 1 / (1 + Math.Exp(-0.7));
        Bernoulli coin =
            fromLogits ? new Bernoulli(logits: logits, validate: false) : new Bernoulli(Tensor.Full([4], p, DType.Float64), validate: false);
        double[] got = coin.LogProb(Tensor.From([0.25, 1, 1.5, -0.1])).ToArray<double>();
        Assert.Equal((0.25 * Math.Log(p)) + (0.75 * Math.Log(1 - p)), got[0], 1e-12);
        Assert.Equal(Math.Log(p), got[1], 1e-12);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], got[2..]);
    }

    [Fact]
    public void Gradients_of_gradients_reach_the_logits()
    {
        Tensor logits = Tensor.From([0.3, -1.2]).AsVariable();
        Tensor first = Gradient.Of(new Bernoulli(logits.Sigmoid()).LogProb(Tensor.From([1.0, 0.0])).Sum(), [logits], createGraph: true)[0];
        double[] second = Gradient.Of(first.Sum(), [logits])[0].ToArray<double>();
        foreach ((double got, double l) in second.Zip([0.3, -1.2]))
        {
            double p = 1 / (1 + Math.Exp(-l));
            Assert.Equal(-p * (1 - p), got, 1e-12);
        }
    }

    [Fact]
    public void Integers_and_truth_values_can_be_observed()
    {
        Bernoulli coin = new(0.25);
        Assert.Equal(Math.Log(0.25), coin.LogProb(Tensor.From([1L])).Item(), 1e-6);
        Assert.Equal(Math.Log(0.75), coin.LogProb(Tensor.From([false])).Item(), 1e-6);
    }
}
