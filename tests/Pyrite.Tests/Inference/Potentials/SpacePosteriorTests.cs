using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>Posteriors whose latents are angles, directions, simplexes, ordered vectors, correlations and covariances, against their distribution
/// functions.</summary>
/// <remarks>Kolmogorov and Smirnov's test at the effective number of draws. With 15 margins and a rate of 1e-5 a right sampler fails the class with
/// chance 1.5e-4 under a fresh seed.</remarks>
[Trait("Once", "Cultures")]
public sealed class SpacePosteriorTests
{
    private const double FalseAlarmRate = 1e-5;

    public static TheoryData<string> Names => [.. SpacePosteriors.All.Keys];

    [Theory, InlineData("angle that a number depends on"), InlineData("votes")]
    public void Draws_follow_the_known_posterior(string name) => Check(name, draws: 600);

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void Many_draws_follow_the_known_posterior(string name) => Check(name, draws: 6_000);

    private static void Check(string name, int draws)
    {
        ExactTarget target = SpacePosteriors.All[name]();
        McmcResult posterior =
            Mcmc.Run(target.Model, new Nuts(targetAcceptance: 0.9), chains: 4, warmup: 600, draws: draws, seed: 21, thinning: target.Thinning);
        Assert.True(posterior.Divergences <= 0.001 * posterior.Draws.Count * target.Thinning, $"{posterior.Divergences} divergences");
        foreach ((string margin, Func<Draws, double[]> values, Func<double, double> cdf) in target.Margins)
        {
            double[] numbers = values(posterior.Draws);
            Assert.InRange(ChainDiagnostics.RHat(numbers, 4), 0.99, 1.01);
            int effective = (int)Math.Min(numbers.Length, Math.Min(ChainDiagnostics.EssBulk(numbers, 4), ChainDiagnostics.EssTail(numbers, 4)));
            Assert.InRange(effective, 0.25 * numbers.Length, numbers.Length);
            double[] independent = [.. Enumerable.Range(0, effective).Select(i => numbers[(int)((double)i * numbers.Length / effective)])];
            StatisticalAssert.KolmogorovSmirnov(independent, cdf, FalseAlarmRate, $"{name}: {margin}");
        }
    }
}
