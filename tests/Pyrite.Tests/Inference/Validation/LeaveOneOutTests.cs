using Pyrite.Inference.Validation;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>A regression with a row of high leverage that the line misses: plain importance sampling fails there, and the predictive distribution of
/// a row given the others is a Student-t in closed form.</summary>
[Trait("Once", "Cultures")]
public sealed class LeaveOneOutTests(LeaveOneOutTests.Fitted fitted) : IClassFixture<LeaveOneOutTests.Fitted>
{
    private const int Rows = 16;
    private const int Bad = Rows - 1;
    private const double Shape = 3;
    private const double Rate = 2;
    private const double Width = 9;

    private static readonly double[] X = [.. Enumerable.Range(0, Rows - 1).Select(i => (i - 7) / 5.0), 3.5];
    private static readonly double[] Y = Series.Map(Series.Normal(8, Rows), (i, e) => i == Bad ? -1.8 : 1 + (0.5 * X[i]) + (0.6 * e));
    private static readonly double[] Exact = [.. Enumerable.Range(0, Rows).Select(ExactElpd)];

    [Fact]
    public void Plain_importance_sampling_fails_here()
    {
        Assert.True(fitted.Loo.ParetoK![Bad] > 0.7, $"k is {fitted.Loo.ParetoK[Bad]}");
        Assert.Contains("MatchMoments", Assert.Single(fitted.Loo.Advice));
        Assert.All(Enumerable.Range(0, Bad), row => Assert.Equal(Exact[row], fitted.Loo.Pointwise[row], 0.1));
    }

    [Fact]
    public void A_refit_gives_the_exact_value_and_says_so()
    {
        PredictiveAccuracy exact = fitted.Loo.Refit(Model, "y", model => Mcmc.Run(model, draws: 2_000, seed: 5));
        // The density of a far row varies between draws by a factor of several; 8,000 draws bring that below 0.1.
        Assert.Equal(Exact[Bad], exact.Pointwise[Bad], 0.3);
        Assert.Equal([Bad], exact.Refitted);
        Assert.Equal(0, exact.ParetoK![Bad]);
        Assert.Equal(fitted.Loo.Pointwise.Take(Bad), exact.Pointwise.Take(Bad));
        Assert.Equal(exact.Pointwise.Sum(), exact.Elpd, 1e-9);
        Assert.Equal(fitted.Loo.EffectiveParameters + fitted.Loo.Elpd, exact.EffectiveParameters + exact.Elpd, 1e-9);
        Assert.Contains("Exact refits without the observation replace the estimate for 1 of 16: 15.", exact.ToString());
        Assert.Empty(exact.Advice);
        Assert.Same(exact, exact.Refit(Model, "y", _ => throw new InvalidOperationException("There is nothing left to fit.")));
        Assert.Equal(0, ModelComparison.Of([("plain", fitted.Loo), ("exact", exact)]).Rows[0].Difference);
    }

    [Fact]
    public void Matched_moments_come_near_the_exact_value_where_plain_weights_do_not()
    {
        PredictiveAccuracy matched = fitted.Loo.MatchMoments(Model, fitted.Posterior, "y");
        Assert.Equal([Bad], matched.MomentMatched);
        Assert.True(matched.ParetoK![Bad] < 0.7, $"k is {matched.ParetoK[Bad]}");
        double before = Math.Abs(fitted.Loo.Pointwise[Bad] - Exact[Bad]), after = Math.Abs(matched.Pointwise[Bad] - Exact[Bad]);
        Assert.True(after < before && after < 0.2, $"off by {after}, by {before} before");
        Assert.Contains("(moment matching) for 1 of 16: 15.", matched.ToString());
        Assert.Empty(matched.Advice);
        Assert.Equal(fitted.Loo.Pointwise.Take(Bad), matched.Pointwise.Take(Bad));
    }

    [Fact]
    public void Without_a_move_the_value_is_that_of_plain_weights()
    {
        // Any k is good enough for such a threshold but those above it are looked at, and no move makes an infinite one smaller than itself.
        MomentMatching matching = MomentMatching.Of(Model, fitted.Posterior, threshold: double.PositiveInfinity);
        foreach (int row in new[] { 0, 7, Bad })
        {
            (double elpd, double k) = matching.Run(new HeldOut("y", [row], Rows));
            Assert.Equal(fitted.Loo.Pointwise[row], elpd, 1e-6);
            Assert.Equal(fitted.Loo.ParetoK![row], k, 1e-6);
        }
    }

    [Fact]
    public void Moves_change_nothing_of_good_rows_but_noise()
    {
        MomentMatching matching = MomentMatching.Of(Model, fitted.Posterior, threshold: double.NegativeInfinity);
        foreach (int row in new[] { 0, 7, 14 })
        {
            Assert.Equal(Exact[row], matching.Run(new HeldOut("y", [row], Rows)).Elpd, 0.1);
        }
    }

    [Fact]
    public void What_cannot_be_bettered_is_refused()
    {
        PredictiveAccuracy waic = PredictiveAccuracy.Waic(fitted.Likelihood, "y");
        Assert.Contains("WAIC has no Pareto k", Assert.Throws<ArgumentException>(() => waic.Refit(Model, "y")).Message);
        Assert.Contains("the posterior has",
            Assert.Throws<ArgumentException>(() => fitted.Loo.MatchMoments(Model, Mcmc.Run(Model, draws: 10, warmup: 50), "y")).Message);
        Assert.Contains("It observes \"y\"", Assert.Throws<ModelException>(() => fitted.Loo.Refit(Model, "z")).Message);
        Assert.Contains("Take Refit", Assert.Throws<ModelException>(() => MomentMatching.Of(Angle, Mcmc.Run(Angle, draws: 10), 0.7)).Message);
    }

    private static void Model()
    {
        Tensor variance = Sample("variance", new InverseGamma(Shape, Rate));
        Tensor scale = variance.Sqrt();
        Tensor intercept = Sample("intercept", new Normal(0, Math.Sqrt(Width) * scale));
        Tensor slope = Sample("slope", new Normal(0, Math.Sqrt(Width) * scale));
        using PlateScope rows = Plate("rows", Rows);
        Sample("y", new Normal(intercept + (slope * Tensor.From(X)), scale), observed: Tensor.From(Y));
    }

    private static void Angle()
    {
        Tensor angle = Sample("angle", new VonMises(0, 2));
        using PlateScope rows = Plate("rows", 2);
        Sample("y", new Normal(angle, 1), observed: Tensor.From([0.5, 1]));
    }

    /// <summary>The normal-inverse-gamma regression of Bishop, "Pattern recognition and machine learning", exercises 3.12 and 3.13.</summary>
    private static double ExactElpd(int left)
    {
        double n = 0, sx = 0, sxx = 0, sy = 0, sxy = 0, syy = 0;
        for (int i = 0; i < Rows; i++)
        {
            if (i != left)
            {
                (n, sx, sxx, sy, sxy, syy) = (n + 1, sx + X[i], sxx + (X[i] * X[i]), sy + Y[i], sxy + (X[i] * Y[i]), syy + (Y[i] * Y[i]));
            }
        }
        double a = n + (1 / Width), c = sxx + (1 / Width), determinant = (a * c) - (sx * sx);
        double intercept = ((c * sy) - (sx * sxy)) / determinant, slope = ((a * sxy) - (sx * sy)) / determinant;
        double shape = Shape + (n / 2), rate = Rate + (0.5 * (syy - (intercept * sy) - (slope * sxy)));
        double spread = 1 + ((c - (2 * sx * X[left]) + (a * X[left] * X[left])) / determinant);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        return new StudentT(2 * shape, intercept + (slope * X[left]), Math.Sqrt(rate / shape * spread)).LogProb(Y[left]).Item();
    }

    public sealed class Fitted
    {
        public Fitted()
        {
            Posterior = Mcmc.Run(Model, chains: 4, draws: 1_000, seed: 2);
            Likelihood = Predictive.LogLikelihood(Model, Posterior);
            Loo = PredictiveAccuracy.Loo(Likelihood, "y");
        }

        public McmcResult Posterior { get; }

        public Draws Likelihood { get; }

        public PredictiveAccuracy Loo { get; }
    }
}
