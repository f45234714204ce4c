namespace Pyrite.Combinators;

/// <summary>Mixtures in which a component cannot give the value: the sum moves with its chance. Expected slopes: weight · dp / (sum of weight · p),
/// by hand.</summary>
public sealed class ImpossibleComponentTests
{
    private static readonly Tensor Weights = Tensor.From([0.4, 0.6]);

    [Fact]
    public void A_rate_of_0_has_the_slope_of_a_single_event()
    {
        double sum = 0.6 * 3 * Math.Exp(-3);
        AssertSlopes([0.4 / sum, (1.0 / 3) - 1],
            rates => new MixtureSameFamily(new Categorical(Weights), new Poisson(rates)).LogProb(Tensor.From([1.0])), [0, 3]);
        AssertSlopes([0, (2.0 / 3) - 1], rates => new MixtureSameFamily(new Categorical(Weights), new Poisson(rates)).LogProb(Tensor.From([2.0])),
            [0, 3]);
    }

    [Fact]
    public void Chances_of_0_and_1_have_their_slopes()
    {
        AssertSlopes([0.4 / (0.6 * 0.3), 1 / 0.3], p => new MixtureSameFamily(new Categorical(Weights), new Bernoulli(p)).LogProb(Tensor.From([1.0])),
            [0, 0.3]);
        AssertSlopes([-0.4 / (0.6 * 0.7), -1 / 0.7],
            p => new MixtureSameFamily(new Categorical(Weights), new Bernoulli(p)).LogProb(Tensor.From([0.0])), [1, 0.3]);
        double four = 5 * Math.Pow(0.3, 4) * 0.7;
        AssertSlopes([-0.4 * 5 / (0.6 * four), (4 / 0.3) - (1 / 0.7)],
            p => new MixtureSameFamily(new Categorical(Weights), new Binomial(5, p)).LogProb(Tensor.From([4.0])), [1, 0.3]);
        AssertSlopes([0.4 / (0.6 * 0.3 * 0.49), (1 / 0.3) - (2 / 0.7)],
            p => new MixtureSameFamily(new Categorical(Weights), new Geometric(p)).LogProb(Tensor.From([2.0])), [0, 0.3]);
        double one = 2.5 * 0.3 * Math.Pow(0.7, 2.5);
        AssertSlopes([0.4 * 2.5 / (0.6 * one), (1 / 0.3) - (2.5 / 0.7)],
            p => new MixtureSameFamily(new Categorical(Weights), new NegativeBinomial(2.5, p)).LogProb(Tensor.From([1.0])), [0, 0.3]);
    }

    [Fact]
    public void Components_of_different_families_have_them_too()
    {
        double sum = 0.6 * 0.3;
        AssertSlopes([0.4 / sum, 1 / 0.3],
            p => new Mixture(new Categorical(Weights), new Poisson(p[0]), new Bernoulli(p[1])).LogProb(Tensor.From([1.0])), [0, 0.3]);
    }

    [Fact]
    public void A_base_that_cannot_give_0_has_a_slope_beside_extra_zeros()
    {
        AssertSlopes([0.6 / 0.4], p => new ZeroInflated(new Geometric(p), gate: 0.4).LogProb(Tensor.From([0.0])), [0]);
        AssertSlopes([0.6 / 0.4], p => new ZeroInflated(new Geometric(p), gateLogits: Math.Log(0.4 / 0.6)).LogProb(Tensor.From([0.0])), [0]);
        AssertSlopes([-0.6 / 0.4], p => new ZeroInflated(new NegativeBinomial(1.0, p), gate: 0.4).LogProb(Tensor.From([0.0])), [1]);
    }

    [Fact]
    public void A_sum_of_nothing_falls_with_an_infinite_slope()
    {
        Tensor rates = Tensor.From([0.0, 0.0]).AsVariable();
        Tensor score = new MixtureSameFamily(new Categorical(Weights), new Poisson(rates)).LogProb(Tensor.From([1.0])).Sum();
        Assert.Equal(double.NegativeInfinity, score.Item());
        Assert.All(Gradient.Of(score, [rates])[0].ToArray<double>(), slope => Assert.Equal(double.PositiveInfinity, slope));
    }

    private static void AssertSlopes(double[] expected, Func<Tensor, Tensor> score, double[] parameters)
    {
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            Tensor variable = Tensor.From(parameters).To(type).AsVariable();
            double[] slopes = Gradient.Of(score(variable).Sum(), [variable])[0].ToArray<double>();
            Assert.All(expected.Zip(slopes),
                pair => Assert.Equal(pair.First, pair.Second, (type == DType.Float64 ? 1e-10 : 1e-5) * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    [Fact]
    public void A_component_without_a_mean_does_not_matter_where_it_has_no_weight()
    {
        Tensor never = Tensor.From([1.0, 0.0]);
        Mixture mixed = new(new Categorical(never), new Normal(2.0, 3.0), new Cauchy(0.0, 1.0));
        MixtureSameFamily same = new(new Categorical(never), new StudentT(Tensor.From([5.0, 0.5]), 2, 3));
        Assert.Equal((2, 9), (mixed.Mean.Item(), mixed.Variance.Item()));
        Assert.Equal(2, same.Mean.Item());
        Assert.Equal(15, same.Variance.Item(), 1e-12);

        // A finite mean keeps its slope in the weight.
        Tensor weights = Tensor.From([1.0, 0.0]).AsVariable();
        Mixture other = new(new Categorical(weights), new Normal(2.0, 3.0), new Normal(7.0, 1.0));
        Assert.Equal(5, Gradient.Of(other.Mean, [weights])[0].ToArray<double>()[1], 1e-12);
    }

    [Fact]
    public void The_variance_of_a_mixture_far_from_zero_keeps_its_digits()
    {
        Mixture far = new(new Categorical(Tensor.From([0.5, 0.5])), new Normal(Tensor.From([1e9]), 1.0), new Normal(Tensor.From([1e9 + 2]), 1.0));
        Assert.Equal(2, far.Variance.Item(), 1e-12);
    }
}
