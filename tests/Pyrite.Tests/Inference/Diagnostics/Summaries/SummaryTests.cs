namespace Pyrite.Tests;

public sealed class SummaryTests
{
    private static readonly double[] Normal = Series.Normal(1, 4000);

    [Fact]
    public void Rows_hold_what_the_single_functions_give()
    {
        double[] odd = Series.Autoregressive(2, 4, 251, 0.5), two = new double[2008];
        for (int i = 0; i < 1004; i++)
        {
            (two[2 * i], two[(2 * i) + 1]) = (odd[i], Math.Exp(odd[i]));
        }
        Summary summary =
            new Draws(4, 251, [new DrawsVariable("x", [2], two)]).Summary(new SummaryOptions { HdiProbability = 0.8, Quantiles = [0.1, 0.9] });
        double[] exp = Series.Map(odd, (_, x) => Math.Exp(x));
        SummaryRow row = summary["x[1]"];
        Assert.Equal(["x[0]", "x[1]"], summary.Rows.Select(one => one.Name));
        Assert.Equal(exp.Average(), row.Mean, 12);
        Assert.Equal(Math.Sqrt(PlainDiagnostics.Variance(exp)), row.StandardDeviation, 12);
        Assert.Equal(SampleStatistics.MedianAbsoluteDeviation(exp), row.Mad, 12);
        Assert.Equal(SampleStatistics.Quantiles(exp, 0.1, 0.9), row.Quantiles);
        Assert.Equal(SampleStatistics.HighestDensityInterval(exp, 0.8), row.Hdi);
        Assert.Equal(ChainDiagnostics.McseMean(exp, 4), row.McseMean);
        Assert.Equal(ChainDiagnostics.McseStandardDeviation(exp, 4), row.McseStandardDeviation);
        Assert.Equal(ChainDiagnostics.RHat(exp, 4), row.RHat);
        Assert.Equal(ChainDiagnostics.EssBulk(exp, 4), row.EssBulk);
        Assert.Equal(ChainDiagnostics.EssTail(exp, 4), row.EssTail);
        Assert.Equal(summary["x[0]"].RHat, row.RHat, 9);       // ranks do not notice a monotone function, but for the folded ones
        Assert.Throws<KeyNotFoundException>(() => summary["y"]);
    }

    [Fact]
    public void The_table_is_aligned_and_has_as_many_digits_as_the_errors_leave()
    {
        double[] constant = new double[4000];
        Array.Fill(constant, 2.5);
        Draws draws =
            new(4, 1000,
                [Scalar("mu", Series.Map(Normal, (_, x) => 100 + (50 * x))), Scalar("tau", Series.Map(Normal, (_, x) => 1 + (x / 1000))),
                    Scalar("fixed", constant)]);
        string[] lines = draws.Summary().ToString().Split('\n');
        Assert.Equal("mean sd MAD 5% 50% 95% MCSE R-hat ESS bulk ESS tail",
            string.Join(' ', lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Matches(@"^mu +\d+\.\d +49\.\d +\d+\.\d +\d+\.\d +\d+\.\d +\d+\.\d +0\.\d\d +1\.00\d +\d{4} +\d{4}$", lines[1]);
        Assert.Matches(@"^tau +(0\.99999|1\.00000|1\.00001|1\.00002|1\.00003|0\.99998|0\.99997) +0\.00\d{3} ", lines[2]);
        Assert.Matches(@"^fixed +2\.5 +0 +0 +2\.5 +2\.5 +2\.5 +- +- +- +-$", lines[3]);
        Assert.All(lines.Take(3), line => Assert.Equal(lines[0].Length, line.Length));
        Assert.Contains("fixed (2.5): one value in every draw of all 4 chains", draws.Summary().Advice.Single());
    }

    [Fact]
    public void Draws_without_chains_have_no_convergence_columns()
    {
        Summary summary = new Draws(4000, [Scalar("y", Normal)]).Summary();
        Assert.DoesNotContain("R-hat", summary.ToString());
        Assert.True(double.IsNaN(summary["y"].EssBulk));
        Assert.Empty(summary.Advice);
    }

    [Fact]
    public void Draws_that_are_not_finite_are_counted_and_spoil_their_row_alone()
    {
        double[] bad = [.. Normal];
        (bad[3], bad[9]) = (double.NaN, double.NegativeInfinity);
        Summary summary = new Draws(4, 1000, [Scalar("good", Normal), Scalar("bad", bad)]).Summary();
        Assert.Equal(2, summary["bad"].NonFinite);
        Assert.True(double.IsNaN(summary["bad"].Mean));
        Assert.True(double.IsFinite(summary["good"].Mean));
        Assert.Contains("bad: 2 of 4000 draws are not finite (1 NaN, 1 infinite; the first in chain 0, draw 3)", summary.Advice.Single());
    }

    [Fact]
    public void Every_fault_has_its_sentence()
    {
        double[] apart = Series.Map(Normal, (i, x) => x + (i / 1000)), slow = Series.Autoregressive(3, 4, 1000, 0.999);
        double[] divergent = new double[4000], depth = new double[4000];
        Array.Fill(divergent, 1, 0, 12);
        Array.Fill(depth, 10, 0, 7);
        Draws statistics =
            new(4, 1000, [Scalar(SamplerColumns.Divergent, divergent), Scalar(SamplerColumns.TreeDepth, depth), Scalar(SamplerColumns.Energy, slow)]);
        Summary summary =
            Summary.Of(new Draws(4, 1000, [Scalar("good", Normal), Scalar("apart", apart)]), statistics,
                new SummaryOptions { MaximumTreeDepth = 10 });
        Assert.Equal(5, summary.Advice.Count);
        Assert.Contains("12 of 4000 transitions diverged", summary.Advice[0]);
        Assert.Contains("R-hat is above 1.01 for 1 of 2 rows (worst: apart", summary.Advice[1]);
        Assert.Contains("effective sample size is below 400 for 1 of 2 rows (worst: apart", summary.Advice[2]);
        Assert.Contains("E-BFMI is below 0.3 in chains 0, 1, 2, 3", summary.Advice[3]);
        Assert.Contains("7 of 4000 transitions reached the tree depth limit of 10", summary.Advice[4]);
        Assert.All(summary.Advice, sentence => Assert.Contains(sentence, summary.ToString()));
    }

    [Fact]
    public void Refuses_statistics_of_other_chains()
    {
        Draws draws = new(4, 1000, [Scalar("x", Normal)]), other = new(2, 2000, [Scalar(SamplerColumns.Energy, Normal)]);
        Assert.Contains("2 chains of 2000", Assert.Throws<ArgumentException>(() => Summary.Of(draws, other)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => draws.Summary(new SummaryOptions { Quantiles = [1.2] }));
    }

    private static DrawsVariable Scalar(string name, double[] values) => new(name, Shape.Scalar, values);
}
