using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>Draws against the distribution functions of known posteriors.</summary>
/// <remarks>Kolmogorov and Smirnov's test of thinned draws, whose effective number is checked to be near their number. A right sampler fails a margin
/// in 1 of 10,000 runs with a fresh seed.</remarks>
[Trait("Once", "Cultures")]
public sealed class ExactTargetTests
{
    private const double FalseAlarmRate = 1e-4;
    private const double LeastEfficiency = 0.7;

    public static TheoryData<string> Names => [.. ExactTarget.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Draws_follow_the_known_distribution(string name) => Check(name, draws: 750);

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void Many_draws_follow_the_known_distribution(string name) => Check(name, draws: 25_000);

    private static void Check(string name, int draws)
    {
        ExactTarget target = ExactTarget.All[name]();
        McmcResult posterior =
            Mcmc.Run(target.Model, target.Sampler ?? new Nuts(targetAcceptance: 0.9), chains: 4, warmup: 600, draws: draws, seed: 11,
                thinning: target.Thinning);
        Assert.Equal(0, posterior.Divergences);
        foreach ((string margin, Func<Draws, double[]> values, Func<double, double> cdf) in target.Margins)
        {
            double[] numbers = values(posterior.Draws);
            Assert.InRange(ChainDiagnostics.EssBulk(numbers, 4) / numbers.Length, LeastEfficiency, double.MaxValue);
            Assert.InRange(ChainDiagnostics.RHat(numbers, 4), 0.99, 1.01);
            StatisticalAssert.KolmogorovSmirnov(numbers, cdf, FalseAlarmRate, $"{name}: {margin}");
        }
    }
}
