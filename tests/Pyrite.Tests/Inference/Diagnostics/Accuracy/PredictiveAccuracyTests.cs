using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class PredictiveAccuracyTests
{
    // -log(1 … 100) as 25 draws of 4 observations; the results of R's loo and of ArviZ are published.
    private static readonly double[] Logarithms = Series.Map(new double[100], (i, _) => -Math.Log(i + 1));

    [Fact]
    public void Waic_is_that_of_loo()
    {
        PredictiveAccuracy waic = PredictiveAccuracy.Waic(Logarithms, draws: 25);
        Close.Assert([.. waic.Pointwise.Select(value => -2 * value)], [7.49, 7.75, 7.86, 7.92], rtol: 0, atol: 0.005 / 7.92, "-2 elpd");
        Close.Assert([.. waic.PointwisePenalty], [1.14, 0.91, 0.79, 0.70], rtol: 0, atol: 0.005 / 1.14, "penalties");
        Assert.Equal(waic.Pointwise.Sum(), waic.Elpd, 12);
        Assert.Contains("4 of 4 observations have a WAIC penalty above 0.4", waic.Advice.Single());
    }

    [Fact]
    public void Waic_with_the_other_divisor_is_that_of_arviz()
    {
        PredictiveAccuracy waic = PredictiveAccuracy.Waic(Logarithms, draws: 25, divideByDraws: true);
        Close.Assert([.. waic.Pointwise], [-3.698, -3.837, -3.897, -3.934], rtol: 0, atol: 0.0005 / 3.934, "elpd");
    }

    [Fact]
    public void Leave_one_out_finds_the_exact_predictive_density_of_a_normal_mean()
    {
        // y_i ~ N(mu, 1), flat mu: posterior N(ȳ, 1/n), and y_i given the others is N(mean of the others, 1 + 1/(n - 1)).
        double[] y = Series.Normal(1, 30), draws = Series.Normal(2, 4000);
        double mean = y.Average(), exact = 0;
        double[] logLikelihood = new double[4000 * 30];
        for (int i = 0; i < 30; i++)
        {
            double others = ((30 * mean) - y[i]) / 29, variance = 1 + (1.0 / 29);
            exact += (-0.5 * Math.Log(2 * Math.PI * variance)) - ((y[i] - others) * (y[i] - others) / 2 / variance);
            for (int s = 0; s < 4000; s++)
            {
                double mu = mean + (draws[s] / Math.Sqrt(30));
                logLikelihood[(s * 30) + i] = (-0.5 * Math.Log(2 * Math.PI)) - ((y[i] - mu) * (y[i] - mu) / 2);
            }
        }
        PredictiveAccuracy loo = PredictiveAccuracy.Loo(logLikelihood, draws: 4000, chains: 4),
            waic = PredictiveAccuracy.Waic(logLikelihood, draws: 4000);
        Assert.Equal(exact, loo.Elpd, 0.05);
        Assert.Equal(exact, waic.Elpd, 0.1);
        Assert.Equal(1, loo.EffectiveParameters, 0.4);
        Assert.Empty(loo.Advice);
        Assert.All(loo.ParetoK!, k => Assert.InRange(k, -0.5, 0.5));
        Assert.Equal(Math.Sqrt(30 * PlainDiagnostics.Variance([.. loo.Pointwise])), loo.StandardError, 9);
        Assert.Equal(loo.Elpd, PredictiveAccuracy.Loo(logLikelihood, 4000, relativeEfficiency: 1).Elpd, 0.01);
        Draws draws4 = new(4, 1000, [new DrawsVariable("log_lik", [30], logLikelihood)]);
        Assert.Equal(loo.Elpd, PredictiveAccuracy.Loo(draws4, "log_lik").Elpd);
        Assert.Equal(waic.Elpd, PredictiveAccuracy.Waic(draws4, "log_lik").Elpd);
    }

    [Fact]
    public void Observations_that_rule_the_posterior_are_pointed_out()
    {
        double[] wild = Series.Map(Series.Normal(3, 4000 * 2), (i, x) => i % 2 == 0 ? -0.1 * x * x : -4 * x * x);
        PredictiveAccuracy loo = PredictiveAccuracy.Loo(wild, draws: 4000);
        Assert.Matches(@"^1 of 2 observations have Pareto k above 0\.70 \(worst: \d\.\d\d; 1 above 1\)", loo.Advice.Single());
        Assert.Contains("PSIS-LOO", loo.ToString());
    }

    [Fact]
    public void Refuses_sizes_that_do_not_fit()
    {
        Assert.Contains("cannot be [draws, observations]",
            Assert.Throws<ArgumentException>(() => PredictiveAccuracy.Loo(Logarithms, draws: 24)).Message);
        Assert.Throws<ArgumentException>(() => PredictiveAccuracy.Loo(Logarithms, draws: 25, chains: 2));
        Assert.Throws<ArgumentException>(() => PredictiveAccuracy.Waic([], draws: 25));
    }

    [Fact]
    public void A_comparison_ranks_models_and_weighs_them()
    {
        // Observation i is foreseen by model A at odd i, by B at even i; C is B, a little worse everywhere.
        PredictiveAccuracy a = Fixed(i => i % 2 == 0 ? -3 : -1), b = Fixed(i => i % 2 == 0 ? -1 : -3.2), c = Fixed(i => i % 2 == 0 ? -1.1 : -3.3);
        ModelComparison comparison = ModelComparison.Of([("c", c), ("b", b), ("a", a)], seed: 1);
        Assert.Equal(["a", "b", "c"], comparison.Rows.Select(row => row.Name));
        Assert.Equal([0, -10, -20], comparison.Rows.Select(row => Math.Round(row.Difference, 9)));
        double[] differences = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 2 : -2.2)];
        Assert.Equal(Math.Sqrt(100 * PlainDiagnostics.Variance(differences)), comparison.Rows[1].DifferenceError, 9);
        Assert.Equal(0, comparison.Rows[2].StackingWeight, 1e-6);
        Assert.Equal(BestMixture(a, b), comparison.Rows[0].StackingWeight, 1e-4);
        Assert.Equal(1, comparison.Rows.Sum(row => row.StackingWeight), 1e-9);
        Assert.Equal(1, comparison.Rows.Sum(row => row.PseudoBmaWeight), 1e-9);
        Assert.InRange(comparison.Rows[0].PseudoBmaWeight, 0.55, 0.8);      // P(normal of mean 10 and deviation 21 > 0) = 0.68
        Assert.Contains("stacking", comparison.ToString());
    }

    [Fact]
    public void Refuses_models_that_cannot_be_compared()
    {
        PredictiveAccuracy waic = PredictiveAccuracy.Waic(Logarithms, 25), loo = PredictiveAccuracy.Loo(Logarithms, 25),
            fewer = PredictiveAccuracy.Waic(Logarithms, 50);
        Assert.Throws<ArgumentException>(() => ModelComparison.Of([("a", waic)]));
        Assert.Contains("called \"a\"", Assert.Throws<ArgumentException>(() => ModelComparison.Of([("a", waic), ("a", waic)])).Message);
        Assert.Contains("Only one method", Assert.Throws<ArgumentException>(() => ModelComparison.Of([("a", waic), ("b", loo)])).Message);
        Assert.Contains("2 observations", Assert.Throws<ArgumentException>(() => ModelComparison.Of([("a", waic), ("b", fewer)])).Message);
    }

    private static PredictiveAccuracy Fixed(Func<int, double> elpd)
    {
        double[] logLikelihood = new double[200];
        for (int i = 0; i < 200; i++)
        {
            logLikelihood[i] = elpd(i % 100);
        }
        return PredictiveAccuracy.Waic(logLikelihood, draws: 2);
    }

    private static double BestMixture(PredictiveAccuracy a, PredictiveAccuracy b) => Enumerable.Range(0, 10_001).Select(step => step / 10_000.0)
        .MaxBy(w => Enumerable.Range(0, 100).Sum(i => Math.Log((w * Math.Exp(a.Pointwise[i])) + ((1 - w) * Math.Exp(b.Pointwise[i])))));
}
