using Pyrite.Conformance;
using Pyrite.Testing;



namespace Pyrite.Divergences;

/// <summary>Divergences without golden numbers against the mean log-ratio of draws.</summary>
/// <remarks>Fixed seeds; a right program fails a single check with chance 1e-7.</remarks>
public sealed class KullbackLeiblerTests
{
    private const int Draws = 20_000;

    private static readonly Tensor Factor = Tensor.From(new double[,] { { 1.2, 0 }, { 0.6, 0.7 } });
    private static readonly Tensor Other = Tensor.From(new double[,] { { 1.0, 0 }, { -0.2, 0.9 } });

    private static readonly Dictionary<string, Func<(Distribution Q, Distribution P)>> Pairs = new()
    {
        ["Chi2 and Gamma"] = () => (new Chi2(4.5), new Gamma(2.0, 0.7)),
        ["BetaProportion"] = () => (new BetaProportion(0.4, 6.0), new Beta(2.0, 2.5)),
        ["NegativeBinomial"] = () => (new NegativeBinomial(3.5, 0.45), new NegativeBinomial(3.5, 0.6)),
        ["NegativeBinomial2"] = () => (new NegativeBinomial2(4.0, 2.5), new NegativeBinomial2(6.0, 2.5)),
        ["Multinomial"] = () => (new Multinomial(5, Tensor.From([0.2, 0.5, 0.3])), new Multinomial(5, Tensor.From([0.3, 0.3, 0.4]))),
        ["Wishart"] = () => (new Wishart(6.5, scaleTril: Factor), new Wishart(7.2, scaleTril: Other)),
        ["InverseWishart"] = () => (new InverseWishart(6.5, scaleTril: Factor), new InverseWishart(7.2, scaleTril: Other)),
        ["LKJCholesky"] = () => (new LKJCholesky(3, 1.7), new LKJCholesky(3, 0.8)),
        ["LKJ"] = () => (new LKJ(3, 1.7), new LKJ(3, 2.8)),
        ["ZeroSumNormal"] = () => (new ZeroSumNormal(1.3, 4), new ZeroSumNormal(0.9, 4)),
        ["GaussianRandomWalk"] = () => (new GaussianRandomWalk(1.3, 4), new GaussianRandomWalk(1.6, 4)),
        ["GaussianRandomWalk with starts"] = () => (new GaussianRandomWalk(1.3, 4, start: 0.7), new GaussianRandomWalk(1.6, 4, start: -0.4)),
        ["LogisticNormal"] = () => (new LogisticNormal(Tensor.From([0.2, 1]), 0.8), new LogisticNormal(Tensor.From([0.5, 0.3]), 1.1)),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_divergence_is_the_mean_log_ratio_under_the_first(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (Distribution q, Distribution p) = Pairs[name]();
        Tensor draws = q.Sample(RandomKey.FromSeed(51), [Draws]);
        double[] ratios = (q.LogProb(draws) - p.LogProb(draws)).ToArray<double>();
        StatisticalAssert.MeanWithin(ratios, KullbackLeibler.Divergence(q, p).Item(), 1e-7, name);
    }

    [Fact]
    public void Every_divergence_of_a_family_from_itself_is_zero_or_refused_by_name()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        foreach ((string name, Family family) in RealFamilies.All.Concat(CountFamilies.All).Concat(ArrayFamilies.All))
        {
            Distribution member = family.Make();
            if (KullbackLeibler.TryDivergence(member, family.Make()) is { } divergence)
            {
                Assert.All(divergence.ToArray<double>(), d => Assert.True(Math.Abs(d) < 1e-9, $"{name}: {d}"));
                continue;
            }
            NotSupportedException error = Assert.Throws<NotSupportedException>(() => KullbackLeibler.Divergence(member, family.Make()));
            Assert.Contains($"KL({member.Name} || {member.Name})", error.Message, StringComparison.Ordinal);
        }
    }
}
