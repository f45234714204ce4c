using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class ChainDiagnosticsTests
{
    public static TheoryData<string> Cases => ["normal", "slow", "antithetic", "odd length", "ties", "shifted", "one chain", "short"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Diagnostics_are_what_the_plain_formulas_give(string name)
    {
        (double[] values, int chains) = Case(name);
        double[][] split = PlainDiagnostics.Split(values, chains);
        double mean = values.Average();
        double[] got =
        [
            ChainDiagnostics.RHat(values, chains), ChainDiagnostics.SplitRHat(values, chains), ChainDiagnostics.EssBulk(values, chains),
                ChainDiagnostics.EssMean(values, chains),
            ChainDiagnostics.EssQuantile(values, chains, 0.3), ChainDiagnostics.EssTail(values, chains),
                ChainDiagnostics.EssStandardDeviation(values, chains),
        ];
        double[] want =
        [
            PlainDiagnostics.RHat(values, chains), PlainDiagnostics.PlainRHat(split), PlainDiagnostics.Ess(PlainDiagnostics.NormalScores(split)),
                PlainDiagnostics.Ess(split),
            PlainDiagnostics.EssQuantile(values, chains, 0.3),
                Math.Min(PlainDiagnostics.EssQuantile(values, chains, 0.05), PlainDiagnostics.EssQuantile(values, chains, 0.95)),
            PlainDiagnostics.Ess([.. split.Select(one => one.Select(x => Math.Abs(x - mean)).ToArray())]),
        ];
        Close.Assert(got, want, rtol: 1e-9, atol: 1e-12, name);
    }

    [Fact]
    public void Split_rhat_of_two_short_chains_is_the_one_computed_by_hand()
    {
        // Halves 1 2 | 3 4 | 3 4 | 5 6: within 1/2, means 1.5 3.5 3.5 5.5 with variance 8/3, so R-hat² = (8/3) / (1/2) + 1/2.
        Assert.Equal(Math.Sqrt((16.0 / 3) + 0.5), ChainDiagnostics.SplitRHat([1, 2, 3, 4, 3, 4, 5, 6], 2), 12);
    }

    [Fact]
    public void Independent_draws_are_worth_about_as_many()
    {
        // Of 4,000 fresh seeds none left these limits (ESS 3,244 to 4,573, R-hat 0.9992 to 1.0029): a false alarm in fewer than 1 of 1,000.
        for (ulong seed = 0; seed < 20; seed++)
        {
            double[] draws = Series.Normal(seed, 4000);
            Assert.InRange(ChainDiagnostics.EssBulk(draws, 4), 3000, 5000);
            Assert.InRange(ChainDiagnostics.RHat(draws, 4), 0.998, 1.006);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(-0.5)]
    public void An_autoregressive_series_is_worth_the_known_share(double phi)
    {
        // S (1 - phi) / (1 + phi); the mean of 40 estimates stays within 5 %.
        double sum = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            sum += ChainDiagnostics.EssMean(Series.Autoregressive(seed, 4, 2000, phi), 4) / 8000;
        }
        double expected = (1 - phi) / (1 + phi);
        Assert.InRange(sum / 40, 0.95 * expected, 1.05 * expected);
    }

    [Fact]
    public void Antithetic_chains_may_be_worth_more_than_their_draws_up_to_a_limit()
    {
        double size = ChainDiagnostics.EssMean(Series.Autoregressive(1, 4, 1000, -0.95), 4);
        Assert.Equal(4000 * Math.Log10(4000), size, 1e-6);
    }

    [Fact]
    public void Chains_of_different_location_are_found()
    {
        double[] draws = Series.Map(Series.Normal(3, 4000), (i, x) => x + (i / 1000 == 3 ? 2 : 0));
        Assert.True(ChainDiagnostics.RHat(draws, 4) > 1.3);
        Assert.True(ChainDiagnostics.EssBulk(draws, 4) < 20);
    }

    [Fact]
    public void Chains_of_different_scale_are_found_by_folding_alone()
    {
        double[] draws = Series.Map(Series.Normal(4, 4000), (i, x) => i / 1000 == 3 ? 4 * x : x);
        Assert.True(ChainDiagnostics.SplitRHat(draws, 4) < 1.01);
        Assert.True(ChainDiagnostics.RHat(draws, 4) > 1.1);
    }

    [Fact]
    public void A_chain_that_drifts_disagrees_with_itself()
    {
        double[] draws = Series.Map(Series.Normal(5, 1000), (i, x) => x + (i / 250.0));
        Assert.True(ChainDiagnostics.RHat(draws, 1) > 1.3);
    }

    [Fact]
    public void Infinite_moments_do_no_harm()
    {
        double[] cauchy = Series.Map(Series.Normal(6, 4000), (i, x) => x / Series.Normal(100 + ((ulong)i / 1000), 1000)[i % 1000]);
        Assert.InRange(ChainDiagnostics.EssBulk(cauchy, 4), 3000, 5000);
        Assert.InRange(ChainDiagnostics.RHat(cauchy, 4), 0.998, 1.006);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void One_bad_draw_makes_all_of_them_undefined(double bad)
    {
        double[] draws = Series.Normal(7, 400);
        draws[17] = bad;
        AssertUndefined(draws);
    }

    [Fact]
    public void Draws_that_never_change_are_undefined() => AssertUndefined(new double[400]);

    /// <summary>Diagnostics know no units: squares and fourth powers of such draws leave the range of doubles.</summary>
    [Theory]
    [InlineData(1020)]
    [InlineData(660)]
    [InlineData(330)]
    [InlineData(-300)]
    [InlineData(-660)]
    [InlineData(-960)]
    public void Draws_in_huge_and_tiny_units_are_judged_as_in_others(int powerOfTwo)
    {
        double unit = Math.ScaleB(1, powerOfTwo);
        foreach (int count in (int[])[4000, 1004])
        {
            double[] plain = Series.Normal(8, count), scaled = Series.Map(plain, (_, x) => unit * x);
            foreach (Func<double[], double> scaleFree in (Func<double[], double>[])[draws => ChainDiagnostics.RHat(draws, 4),
                draws => ChainDiagnostics.SplitRHat(draws, 4), draws => ChainDiagnostics.EssMean(draws, 4),
                draws => ChainDiagnostics.EssStandardDeviation(draws, 4), draws => ChainDiagnostics.EssBulk(draws, 4)])
            {
                Assert.Equal(scaleFree(plain), scaleFree(scaled), 1e-9 * scaleFree(plain));
            }
            foreach (Func<double[], double> error in (Func<double[], double>[])[draws => ChainDiagnostics.McseMean(draws, 4),
                draws => ChainDiagnostics.McseStandardDeviation(draws, 4), draws => ChainDiagnostics.McseQuantile(draws, 4, 0.3)])
            {
                Assert.Equal(1, error(scaled) / unit / error(plain), 1e-9);
            }
            SummaryRow row = Summary.Of(new Draws(4, count / 4, [new DrawsVariable("x", Shape.Scalar, scaled)]))["x"];
            SummaryRow want = Summary.Of(new Draws(4, count / 4, [new DrawsVariable("x", Shape.Scalar, plain)]))["x"];
            Assert.Equal(want.Mean, row.Mean / unit, 1e-12);
            Assert.Equal(1, row.StandardDeviation / unit / want.StandardDeviation, 1e-12);
        }
    }

    [Fact]
    public void One_chain_that_is_stuck_raises_rhat()
    {
        double[] draws = Series.Map(Series.Normal(8, 4000), (i, x) => i < 1000 ? 0.25 : x);
        Assert.True(ChainDiagnostics.RHat(draws, 4) > 1.1);
        double[] all = Series.Map(draws, (i, _) => i / 1000);
        Assert.Equal(double.PositiveInfinity, ChainDiagnostics.RHat(all, 4));
    }

    [Fact]
    [Trait("Once", "Cultures")]
    public void Standard_errors_are_those_of_repeated_runs()
    {
        // 200 runs of an autoregressive chain: the spread of their estimates over the mean of the claimed errors is 1 within 15 % (3 standard errors
        // of a spread).
        const int Runs = 200;
        double[][] estimates = new double[3][], claims = new double[3][];
        for (int what = 0; what < 3; what++)
        {
            (estimates[what], claims[what]) = (new double[Runs], new double[Runs]);
        }
        for (int run = 0; run < Runs; run++)
        {
            double[] draws = Series.Autoregressive((ulong)run, 4, 500, 0.6);
            (estimates[0][run], claims[0][run]) = (draws.Average(), ChainDiagnostics.McseMean(draws, 4));
            (estimates[1][run], claims[1][run]) = (Math.Sqrt(PlainDiagnostics.Variance(draws)), ChainDiagnostics.McseStandardDeviation(draws, 4));
            (estimates[2][run], claims[2][run]) = (SampleStatistics.Quantile(draws, 0.9), ChainDiagnostics.McseQuantile(draws, 4, 0.9));
        }
        for (int what = 0; what < 3; what++)
        {
            Assert.InRange(Math.Sqrt(PlainDiagnostics.Variance(estimates[what])) / claims[what].Average(), 0.85, 1.15);
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void The_error_of_a_quantile_of_many_independent_draws_is_the_textbook_one(double probability)
    {
        // sqrt(p (1 - p) / n) / density at the quantile; a claim from two order statistics is itself uncertain by some 10 %.
        double z = NormalScores.Quantile(probability);
        double expected = Math.Sqrt(probability * (1 - probability) / 40_000) * Math.Sqrt(2 * Math.PI) * Math.Exp(0.5 * z * z);
        Assert.InRange(ChainDiagnostics.McseQuantile(Series.Normal(9, 40_000), 4, probability) / expected, 0.7, 1.4);
    }

    [Fact]
    public void Energy_fractions_are_the_ratio_of_the_sums()
    {
        // Differences 1 -2 2 make 9; distances from the mean 1 are -0.5 0.5 -1.5 0.5... for 0 1 -1 1 with mean 1/4: 2.75.
        double[] got = ChainDiagnostics.EnergyBfmi([0, 1, -1, 1, 5, 5, 5, 5], 2);
        Assert.Equal(9 / 2.75, got[0], 12);
        Assert.True(double.IsNaN(got[1]));
    }

    [Fact]
    public void Refuses_draws_that_are_no_chains()
    {
        Assert.Contains("7 draws cannot be 2 chains", Assert.Throws<ArgumentException>(() => ChainDiagnostics.RHat(new double[7], 2)).Message);
        Assert.Throws<ArgumentException>(() => ChainDiagnostics.EssBulk(new double[7], 0));
        Assert.Throws<ArgumentException>(() => ChainDiagnostics.EnergyBfmi(new double[7], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChainDiagnostics.McseQuantile(new double[8], 2, 1.5));
    }

    private static void AssertUndefined(double[] draws)
    {
        double[] got =
        [
            ChainDiagnostics.RHat(draws, 4), ChainDiagnostics.SplitRHat(draws, 4), ChainDiagnostics.EssBulk(draws, 4),
                ChainDiagnostics.EssTail(draws, 4), ChainDiagnostics.EssMean(draws, 4),
            ChainDiagnostics.McseMean(draws, 4), ChainDiagnostics.McseStandardDeviation(draws, 4), ChainDiagnostics.McseQuantile(draws, 4, 0.5),
        ];
        Assert.All(got, value => Assert.True(double.IsNaN(value)));
    }

    private static (double[] Values, int Chains) Case(string name) => name switch
    {
        "normal" => (Series.Normal(1, 400), 4),
        "slow" => (Series.Autoregressive(2, 2, 500, 0.98), 2),      // needs more lags than are summed directly
        "antithetic" => (Series.Autoregressive(3, 4, 100, -0.7), 4),
        "odd length" => (Series.Autoregressive(4, 3, 101, 0.4), 3),
        "ties" => (Series.Map(Series.Autoregressive(5, 4, 100, 0.5), (_, x) => Math.Round(2 * x)), 4),
        "shifted" => (Series.Map(Series.Normal(6, 400), (i, x) => x + (i / 100)), 4),
        "one chain" => (Series.Autoregressive(7, 1, 257, 0.3), 1),
        "short" => (Series.Normal(8, 20), 2),
        _ => throw new ArgumentException(name),
    };
}
