using Pyrite.Inference.Diagnostics.Summaries;


namespace Pyrite.Tests;

/// <summary>What summaries say: the trouble that there is, where it is, and in words of its size.</summary>
public sealed class SummaryAdviceTests
{
    private const double NaN = double.NaN;
    private const double Infinity = double.PositiveInfinity;

    private static readonly double[] Normal = Series.Normal(1, 4000);

    [Theory]
    [InlineData(1.012, 1.01, "1.012")]
    [InlineData(1.0104, 1.01, "1.0104")]
    [InlineData(1.3, 1.01, "1.30")]
    [InlineData(0.2996, 0.3, "0.2996")]
    [InlineData(0.12, 0.3, "0.12")]
    [InlineData(1.01000001, 1.01, "1.01000001")]
    [InlineData(Infinity, 1.01, "infinite")]
    [InlineData(NaN, 1.01, "NaN")]
    public void A_number_never_looks_like_the_limit_that_it_misses(double value, double limit, string text) =>
        Assert.Equal(text, ThresholdText.Of(value, limit));

    [Theory]
    [InlineData(399.6, "399.6")]
    [InlineData(12.3, "12")]
    public void Effective_sizes_too(double value, string text) => Assert.Equal(text, ThresholdText.Of(value, 400, 0));

    [Fact]
    public void Chains_that_are_too_short_to_judge_are_named()
    {
        Draws draws = new(2, 3, [new DrawsVariable("x", Shape.Scalar, [1, 2, 3, 2, 1, 4])]);
        Assert.Contains("Chains of 3 draws are too short for R-hat", Assert.Single(draws.Summary().Advice));
    }

    [Fact]
    public void A_small_Rhat_is_no_different_distribution()
    {
        // One chain of four shifted until R-hat is between 1.01 and 1.05, then far.
        Summary slight = Shifted(0.35), strong = Shifted(2);
        Assert.InRange(slight["x"].RHat, 1.01, 1.05);
        string advice = slight.Advice.Single(sentence => sentence.StartsWith("R-hat", StringComparison.Ordinal));
        Assert.Contains("agree nearly", advice);
        Assert.DoesNotContain("not found the same", advice);
        Assert.DoesNotContain("(worst: x, 1.01)", advice);
        Assert.Contains("not found the same distribution", strong.Advice.Single(sentence => sentence.StartsWith("R-hat", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_quantity_stuck_in_all_chains_is_named_with_its_value()
    {
        double[] stuck = new double[4000];
        Array.Fill(stuck, -1.5);
        string advice = new Draws(4, 1000, [Scalar("x", Normal), Scalar("y", stuck)]).Summary().Advice.Single();
        Assert.Contains("y (-1.5): one value in every draw of all 4 chains", advice);
    }

    [Fact]
    public void A_chain_that_does_not_move_is_named()
    {
        double[] one = [.. Normal];
        Array.Fill(one, 0.3, 2000, 1000);
        Assert.Contains(new Draws(4, 1000, [Scalar("x", one)]).Summary().Advice,
            sentence => sentence.StartsWith("x (chain 2): no draw of these chains moves", StringComparison.Ordinal));
    }

    [Fact]
    public void The_ones_and_zeros_of_a_correlation_factor_are_no_trouble()
    {
        double[] factor = new double[4000 * 2];
        for (int i = 0; i < 4000; i++)
        {
            (factor[2 * i], factor[(2 * i) + 1]) = (1, Normal[i]);
        }
        Assert.Empty(new Draws(4, 1000, [new DrawsVariable("L", [2], factor)]).Summary().Advice);
    }

    [Theory]
    [InlineData(NaN, "1 NaN")]
    [InlineData(Infinity, "infinite")]
    public void Energies_that_are_not_finite_are_said_instead_of_slow_tails(double bad, string kind)
    {
        double[] energy = [.. Series.Autoregressive(3, 4, 1000, 0.999)];
        for (int chain = 0; chain < 4; chain++)
        {
            energy[(chain * 1000) + 7] = bad;
        }
        Summary summary = Summary.Of(new Draws(4, 1000, [Scalar("x", Normal)]), new Draws(4, 1000, [Scalar(SamplerColumns.Energy, energy)]));
        string advice = summary.Advice.Single();
        Assert.Contains($"{SamplerColumns.Energy} of the sampler: 4 of 4000 values are not finite", advice);
        Assert.Contains(kind[^3..], advice);
        Assert.Contains("the first in chain 0, draw 7", advice);
        Assert.All(ChainDiagnostics.EnergyBfmi(energy, 4), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void An_energy_that_never_changes_is_said_with_its_chains()
    {
        double[] energy = [.. Normal];
        Array.Fill(energy, 3.0, 1000, 1000);
        Summary summary = Summary.Of(new Draws(4, 1000, [Scalar("x", Normal)]), new Draws(4, 1000, [Scalar(SamplerColumns.Energy, energy)]));
        Assert.Contains("The energy never changes in chain 1", summary.Advice.Single());
    }

    [Fact]
    public void Many_rows_that_are_not_finite_make_few_sentences()
    {
        double[] values = new double[4000 * 20];
        Array.Fill(values, NaN);
        Summary summary = new Draws(4, 1000, [new DrawsVariable("x", [20], values)]).Summary();
        Assert.Equal(6, summary.Advice.Count);
        Assert.Contains("15 more rows", summary.Advice[5]);
    }

    [Fact]
    public void Divergences_have_words_in_proportion()
    {
        Assert.Contains("may be false alarms", Diverged(2));
        Assert.Contains("what it missed biases", Diverged(40));
        Assert.Contains("none of the above can be used", Diverged(2000));
    }

    [Fact]
    public void Log_likelihoods_that_are_not_finite_are_said_with_their_observation()
    {
        double[] logs = Series.Map(Series.Normal(4, 4000 * 3), (_, x) => -1 - (0.01 * x * x));
        (logs[(5 * 3) + 1], logs[(1002 * 3) + 2]) = (NaN, double.NegativeInfinity);
        Draws draws = new(4, 1000, [new DrawsVariable("log_lik", [3], logs)]);
        PredictiveAccuracy loo = PredictiveAccuracy.Loo(draws, "log_lik"), waic = PredictiveAccuracy.Waic(draws, "log_lik");
        Assert.Equal(2, loo.Advice.Count);
        Assert.Contains("Observation 1: 1 of 4000 log-likelihoods are not finite (NaN; the first in chain 0, draw 5)", loo.Advice[0]);
        Assert.Contains("Observation 2: 1 of 4000 log-likelihoods are not finite (infinite; the first in chain 1, draw 2)", loo.Advice[1]);
        Assert.Contains("the first in draw 1002", waic.Advice[1]);
        Assert.Contains("Observation 1", loo.ToString());
        PredictiveAccuracy good = PredictiveAccuracy.Loo(Series.Map(logs, (_, x) => double.IsFinite(x) ? x : -1), draws: 4000);
        Assert.Contains("Observation 1: 1 of 4000",
            Assert.Throws<ArgumentException>(() => ModelComparison.Of([("good", good), ("bad", loo)])).Message);
    }

    [Theory]
    [InlineData(NaN)]
    [InlineData(Infinity)]
    public void Importance_ratios_that_are_not_finite_are_said(double bad)
    {
        double[] ratios = Series.Normal(5, 100);
        ratios[42] = bad;
        Assert.Contains("1 of 100 log ratios are NaN or +∞, the first at draw 42", ParetoSmoothing.Of(ratios).Problem);
        Assert.Null(ParetoSmoothing.Of(Series.Normal(5, 100)).Problem);
        Assert.Contains("All 3 log ratios are -∞", ParetoSmoothing.Of([-Infinity, -Infinity, -Infinity]).Problem);
    }

    private static Summary Shifted(double shift) =>
        new Draws(4, 1000, [Scalar("x", Series.Map(Normal, (i, x) => i < 1000 ? x + shift : x))]).Summary();

    private static string Diverged(int count)
    {
        double[] divergent = new double[4000];
        Array.Fill(divergent, 1, 0, count);
        return Summary.Of(new Draws(4, 1000, [Scalar("x", Normal)]), new Draws(4, 1000, [Scalar(SamplerColumns.Divergent, divergent)])).Advice
            .Single(sentence => sentence.Contains("diverged", StringComparison.Ordinal));
    }

    private static DrawsVariable Scalar(string name, double[] values) => new(name, Shape.Scalar, values);
}
