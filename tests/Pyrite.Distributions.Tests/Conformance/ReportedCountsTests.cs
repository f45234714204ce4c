namespace Pyrite.Conformance;

/// <summary>Scores of censored and truncated counts, and of a narrow Beta, by hand, from closed forms.</summary>
public sealed class ReportedCountsTests
{
    [Fact]
    public void A_report_at_the_limit_has_the_chance_of_all_that_is_reported_so()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Assert.Equal(-1.6888234106208755, new Censored(new Poisson(3.0), high: 5.0).LogProb(5.0).Item(), 1e-9);           // log P(Y ≥ 5)
        Assert.Equal(10 * Math.Log(0.4), new Censored(new Binomial(10, 0.4), high: 10.0).LogProb(10.0).Item(), 1e-12);
    }

    [Fact]
    public void Truncated_counts_are_scored_among_those_that_are_left()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        double[] poisson =
            [.. Enumerable.Range(0, 6).Select(k => Math.Pow(3, k) / Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * i))];
        Assert.Equal(Math.Log(poisson[2] / poisson[1..].Sum()), new Truncated(new Poisson(3.0), low: 1.0, high: 5.0).LogProb(2.0).Item(), 1e-12);
        Assert.Equal(-1.3523928, new Truncated(new Poisson(3.0), low: 1.0, high: 5.0).LogProb(2.0).Item(), 1e-7);
        double three = 120 * Math.Pow(0.4, 3) * Math.Pow(0.6, 7);
        Assert.Equal(Math.Log(three / (1 - Math.Pow(0.6, 10))), new Truncated(new Binomial(10, 0.4), low: 1.0).LogProb(3.0).Item(), 1e-12);
        Assert.Equal(-1.5310948, new Truncated(new Binomial(10, 0.4), low: 1.0).LogProb(3.0).Item(), 1e-7);
    }

    [Fact]
    public void A_narrow_Beta_keeps_its_digits()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Assert.Equal(8.90524650084036, new Beta(3e7, 5e7).LogProb(0.375).Item(), 8.9 * 1e-10);
    }
}
