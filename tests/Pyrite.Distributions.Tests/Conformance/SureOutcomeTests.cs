namespace Pyrite.Conformance;

/// <summary>Members whose outcome is sure, or impossible for the other of a pair: entropies, distribution functions and divergences are limits, not
/// NaN.</summary>
public sealed class SureOutcomeTests
{
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<string> Families => ["Categorical", "OneHotCategorical", "Multinomial"];

    [Fact]
    public void A_sure_coin_has_no_entropy()
    {
        foreach (double end in new[] { -Infinity, Infinity })
        {
            Assert.Equal(0, new Bernoulli(logits: end).Entropy().Item());
        }
        Assert.Equal(0, new Bernoulli(0.0).Entropy().Item());
        Assert.Equal(0, new Bernoulli(1.0).Entropy().Item());
        Assert.Equal(0, new Categorical(Tensor.From([0.0, 1, 0])).Entropy().Item());
        Assert.Equal(0, new Categorical(logits: Tensor.From([-Infinity, 0.3, -Infinity])).Entropy().Item());
    }

    /// <summary>H = -log p - (q / p) log q, which tends to 1 - log p.</summary>
    [Fact]
    public void The_entropy_of_waiting_grows_without_end()
    {
        Assert.Equal(10_001, new Geometric(logits: Number(-1e4)).Entropy().Item(), 1e-8);
        Assert.Equal(-Math.Log(1e-3) - (0.999 / 1e-3 * Math.Log(0.999)), new Geometric(Number(1e-3)).Entropy().Item(), 1e-12);
        Assert.Equal(Infinity, new Geometric(Number(0)).Entropy().Item());
        Assert.Equal(0, new Geometric(Number(1)).Entropy().Item());
    }

    [Fact]
    public void A_continuous_coin_of_chance_0_or_1_is_a_point()
    {
        Tensor places = Tensor.From([-0.1, 0, 0.4, 1, 1.2]);
        Assert.Equal([0, 1, 1, 1, 1], new ContinuousBernoulli(Number(0)).Cdf(places).ToArray<double>());
        Assert.Equal([1, 0, 0, 0, 0], new ContinuousBernoulli(Number(0)).SurvivalFunction(places).ToArray<double>());
        Assert.Equal([0, 0, 0, 1, 1], new ContinuousBernoulli(Number(1)).Cdf(places).ToArray<double>());
        Assert.Equal([1, 1, 1, 0, 0], new ContinuousBernoulli(Number(1)).SurvivalFunction(places).ToArray<double>());
        Assert.Equal(double.NegativeInfinity, new ContinuousBernoulli(Number(0)).Entropy().Item());
    }

    [Theory, MemberData(nameof(Families))]
    public void A_divergence_is_infinite_where_the_second_excludes_what_the_first_gives(string name)
    {
        Distribution Make(Tensor? probs, Tensor? logits) => name switch
        {
            "Categorical" => new Categorical(probs, logits),
            "OneHotCategorical" => new OneHotCategorical(probs, logits),
            _ => new Multinomial(1, probs, logits),
        };
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            Tensor Of(params double[] entries) => Tensor.From(entries).To(type);
            Distribution[] narrow = [Make(Of(0, 0.4, 0.6), null), Make(null, Of(-Infinity, Math.Log(0.4), Math.Log(0.6)))];
            Distribution[] wide = [Make(Of(0.2, 0.3, 0.5), null), Make(null, Of(Math.Log(0.2), Math.Log(0.3), Math.Log(0.5)))];
            double expected = (0.4 * Math.Log(0.4 / 0.3)) + (0.6 * Math.Log(0.6 / 0.5));
            double tolerance = type == DType.Float64 ? 1e-14 : 1e-6;
            foreach (Distribution q in narrow)
            {
                Assert.All(wide, p => Assert.Equal(Infinity, KullbackLeibler.Divergence(p, q).Item()));
                Assert.All(wide, p => Assert.Equal(expected, KullbackLeibler.Divergence(q, p).Item(), tolerance));
                Assert.All(narrow, p => Assert.Equal(0, KullbackLeibler.Divergence(q, p).Item(), tolerance));
            }
        }
    }

    private static Tensor Number(double x) => Tensor.Full(Shape.Scalar, x, DType.Float64);
}
