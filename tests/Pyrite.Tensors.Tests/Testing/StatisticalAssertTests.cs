using Pyrite.Testing;


namespace Pyrite.Tests.Testing;

[Trait("Once", "Cultures"), Trait("Once", "Widths")]
public class StatisticalAssertTests
{
    private const double Rate = 1e-4;

    [Fact]
    public void A_shift_of_half_a_percent_is_noticed_by_kolmogorov_and_smirnov()
    {
        double[] draws = Uniforms(1_000_000);
        StatisticalAssert.KolmogorovSmirnov(draws, x => x, Rate);

        Assert.Throws<CheckFailedException>(() => StatisticalAssert.KolmogorovSmirnov(draws, x => Math.Clamp(x + 0.005, 0, 1), Rate));
        Assert.Throws<CheckFailedException>(() => StatisticalAssert.KolmogorovSmirnov([.. draws.Take(100), double.NaN], x => x, Rate));
        Assert.Throws<CheckFailedException>(() => StatisticalAssert.KolmogorovSmirnov([.. draws.Take(100)], x => double.NaN, Rate));
    }

    [Fact]
    public void Unequal_counts_and_impossible_cells_fail_the_chi_square_test()
    {
        StatisticalAssert.ChiSquare([5_050, 4_950], [0.5, 0.5], Rate);

        Assert.Throws<CheckFailedException>(() => StatisticalAssert.ChiSquare([5_300, 4_700], [0.5, 0.5], Rate));
        Assert.Throws<CheckFailedException>(() => StatisticalAssert.ChiSquare([50, 50, 1], [0.5, 0.5, 0], Rate));
        Assert.Throws<ArgumentException>(() => StatisticalAssert.ChiSquare([3, 1], [0.5, 0.5], Rate));
    }

    [Fact]
    public void A_wrong_mean_fails()
    {
        double[] draws = Uniforms(10_000);
        StatisticalAssert.MeanWithin(draws, 0.5, Rate);
        StatisticalAssert.MeanWithin(draws, 0.5, Math.Sqrt(1 / 12.0), Rate);

        Assert.Throws<CheckFailedException>(() => StatisticalAssert.MeanWithin(draws, 0.52, Rate));
        Assert.Throws<CheckFailedException>(() => StatisticalAssert.MeanWithin([1, double.NaN], 1, 1, Rate));
    }

    [Fact]
    public void Rates_outside_0_to_one_half_are_refused() => Assert.Throws<ArgumentException>(() => StatisticalAssert.MeanWithin([1, 2], 1, 1, 0.5));

    [Fact]
    public void The_false_alarm_rate_is_what_it_says()
    {
        int alarms = 0;
        for (int i = 0; i < 2_000; i++)
        {
            double[] draws = new double[100];
            RandomKey.FromSeed(5).Child(i).FillUniform(draws);
            alarms += Fails(() => StatisticalAssert.KolmogorovSmirnov(draws, x => x, 0.1)) ? 1 : 0;
        }
        Assert.InRange(alarms, 150, 250);        // 200 expected, standard deviation 13.4
    }

    // Abramowitz and Stegun, tables 26.1, 26.7 and 6.1; Smirnov 1948.
    [Fact]
    public void Reference_functions_match_the_tables()
    {
        Close.Assert([ReferenceCdf.Normal(1.96), ReferenceCdf.Normal(-1.96), ReferenceCdf.Normal(0)], [0.9750021048517795, 0.024997895148220435, 0.5],
            1e-12, 0, "normal");
        Close.Assert(ReferenceCdf.Normal(-10), 7.61985302416047e-24, 1e-10, 0, "normal tail");
        Close.Assert([ReferenceCdf.ChiSquareSurvival(3.841458820694124, 1), ReferenceCdf.ChiSquareSurvival(18.307038053275146, 10)], [0.05, 0.05],
            1e-10, 0, "chi-square");
        Close.Assert([ReferenceCdf.KolmogorovSurvival(1.3580986393225505), ReferenceCdf.KolmogorovSurvival(0.1)], [0.05, 1], 1e-9, 0, "Kolmogorov");
        Close.Assert([ReferenceCdf.LogGamma(0.5), ReferenceCdf.LogGamma(10), ReferenceCdf.LogGamma(0.1)],
            [0.5723649429247001, 12.801827480081469, 2.252712651734206], 1e-13, 0, "log gamma");
    }

    private static double[] Uniforms(int count)
    {
        double[] draws = new double[count];
        RandomKey.FromSeed(4).FillUniform(draws);
        return draws;
    }

    private static bool Fails(Action check)
    {
        try
        {
            check();
            return false;
        }
        catch (CheckFailedException)
        {
            return true;
        }
    }
}
