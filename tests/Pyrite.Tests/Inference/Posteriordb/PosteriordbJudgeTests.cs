using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class PosteriordbJudgeTests
{
    private const string Json = """
        {
          "name": "two normals",
          "parameters": {
            "x[1]": { "mean": 0.5, "sd": 9, "mcse_mean": 1, "mcse_sd": 1, "q5": 0, "mcse_q5": 1, "q50": 0, "mcse_q50": 1, "q95": 0, "mcse_q95": 1, "ess_bulk": 100 },
            "x[2]": { "mean": 3.01, "sd": 2.01, "mcse_mean": 0.02, "mcse_sd": 0.02, "q5": -0.29, "mcse_q5": 0.04, "q50": 3, "mcse_q50": 0.03, "q95": 6.3, "mcse_q95": 0.04, "ess_bulk": 10000 }
          },
          "exact": { "x[1]": { "mean": 0, "sd": 1, "q5": -1.644853627, "q50": 0, "q95": 1.644853627 } },
          "logdensity_check": { "parameters": ["x[1]", "x[2]"], "points": [[0, 3], [1, 3], [0, 5]], "log_density_minus_first": [0, -0.5, -0.5] },
          "data": { "n": 2 }
        }
        """;

    private static readonly PosteriorReference Reference = PosteriorReference.Parse(Json);

    [Fact]
    public void A_reference_uses_exact_moments_where_there_are_any()
    {
        Assert.Equal((0, 0, 1, 0),
            (Reference.Parameters["x[1]"].Mean, Reference.Parameters["x[1]"].MeanError, Reference.Parameters["x[1]"].StandardDeviation,
                Reference.Parameters["x[1]"].StandardDeviationError));
        Assert.Equal(new ReferenceQuantile(0.95, 6.3, 0.04), Reference.Parameters["x[2]"].Quantiles[2]);
        Assert.Equal(2, Reference.Data.GetProperty("n").GetInt32());
    }

    [Fact]
    public void Right_draws_pass_and_shifted_or_narrowed_ones_fail_with_their_names()
    {
        PosteriordbJudge.Moments(Reference, JudgedDraws.Of(Sample(0, 1), Reference));
        string shifted = Failure(() => PosteriordbJudge.Moments(Reference, JudgedDraws.Of(Sample(0.4, 1), Reference)));
        Assert.Contains("x[2]: mean", shifted);
        Assert.DoesNotContain("x[2]: sd", shifted);
        string narrowed = Failure(() => PosteriordbJudge.Moments(Reference, JudgedDraws.Of(Sample(0, 0.85), Reference)));
        Assert.Contains("x[1]: sd", narrowed);
        Assert.Contains("x[2]: quantile 0.95", narrowed);
        Assert.Contains("x[2]: not reported",
            Failure(() => PosteriordbJudge.Moments(Reference, [.. JudgedDraws.Of(Sample(0, 1), Reference).Take(1)])));
    }

    [Fact]
    public void Convergence_names_what_went_wrong()
    {
        IReadOnlyList<JudgedScalar> good = JudgedDraws.Of(Sample(0, 1), Reference);
        PosteriordbJudge.Convergence("a", good, new SamplerReport(8000, 0, 0, 0.9));
        PosteriordbJudge.Convergence("a", good, new SamplerReport(8000, 8, 79, 0.31), isCentred: true);
        Assert.Contains("1 of 8000 transitions diverged", Failure(() => PosteriordbJudge.Convergence("a", good, new SamplerReport(8000, 1, 0, 0.9))));
        Assert.Contains("E-BFMI", Failure(() => PosteriordbJudge.Convergence("a", good, new SamplerReport(8000, 0, 0, double.NaN))));
        Assert.Contains("depth limit", Failure(() => PosteriordbJudge.Convergence("a", good, new SamplerReport(8000, 0, 80, 0.9))));
        IReadOnlyList<JudgedScalar> few = [good[0] with { RHat = 1.03, EssBulk = 500, EssTail = 100 }];
        PosteriordbJudge.Convergence("a", few, new SamplerReport(8000, 0, 0, 0.9), isShort: true);
        string failure = Failure(() => PosteriordbJudge.Convergence("a", few, new SamplerReport(8000, 0, 0, 0.9)));
        Assert.Contains("R-hat 1.03", failure);
        Assert.Contains("bulk ESS 500", failure);
        Assert.Contains("tail ESS 100", failure);
    }

    [Fact]
    public void Log_densities_and_gradients_are_compared()
    {
        static double Right(double[] x) => (-0.5 * x[0] * x[0]) - (0.125 * (x[1] - 3) * (x[1] - 3)) + 7;
        PosteriordbJudge.LogDensity(Reference, Right);
        Assert.Contains("point 2", Failure(() => PosteriordbJudge.LogDensity(Reference, x => Right(x) + (1e-7 * x[1]))));
        PosteriordbJudge.Gradient(Reference, [0.3, 2], Right, x => [-x[0], -0.25 * (x[1] - 3)]);
        Assert.Contains("entry 1", Failure(() => PosteriordbJudge.Gradient(Reference, [0.3, 2], Right, x => [-x[0], -0.25 * (x[1] - 3.001)])));
    }

    [PosteriordbTheory]
    [InlineData("arK-arK", 7, 6)]
    [InlineData("kidiq-kidscore_interaction", 5, 6)]
    [InlineData("eight_schools-eight_schools_noncentered", 10, 6)]
    [InlineData("sblrc-blr", 6, 6)]
    [InlineData("low_dim_gauss_mix-low_dim_gauss_mix", 5, 6)]
    [InlineData("hmm_example-hmm_example", 6, 6)]
    [InlineData("gp_pois_regr-gp_regr", 3, 6)]
    [InlineData("hudson_lynx_hare-lotka_volterra", 8, 6)]
    [InlineData("wells_data-wells_dist100ars_model", 3, 0)]
    [InlineData("GLM_Poisson_Data-GLM_Poisson_model", 4, 0)]
    [InlineData("rats_data-rats_model", 66, 0)]
    [InlineData("M0_data-M0_model", 3, 0)]
    public void Every_reference_file_can_be_read(string name, int parameters, int points)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        Assert.Equal(name, reference.Name);
        Assert.Equal(parameters, reference.Parameters.Count);
        Assert.Equal(points, reference.LogDensityPoints.Count);
        Assert.Equal(points, reference.LogDensityDifferences.Count);
        Assert.All(reference.Parameters.Values, moments => Assert.True(moments.StandardDeviation > 0 && moments.Quantiles.Count == 3));
    }

    [PosteriordbFact]
    public void Normal_draws_pass_for_a_posterior_that_is_nearly_normal()
    {
        PosteriorReference reference = PosteriorReference.Load("arK-arK");
        string[] names = ["alpha", "beta[1]", "beta[2]", "beta[3]", "beta[4]", "beta[5]", "sigma"];
        double[] Draw(string name, ulong seed) =>
            Series.Map(Series.Normal(seed, 8000), (_, x) => reference.Parameters[name].Mean + (reference.Parameters[name].StandardDeviation * x));
        double[] beta = new double[40_000];
        for (int k = 0; k < 5; k++)
        {
            double[] column = Draw(names[k + 1], (ulong)k);
            for (int i = 0; i < 8000; i++)
            {
                beta[(5 * i) + k] = column[i];
            }
        }
        Draws draws =
            new(4, 2000,
                [new DrawsVariable("alpha", Shape.Scalar, Draw("alpha", 11)), new DrawsVariable("beta", [5], beta),
                    new DrawsVariable("sigma", Shape.Scalar, Draw("sigma", 12))]);
        PosteriordbJudge.Moments(reference, JudgedDraws.Of(draws, reference));
    }

    private static Draws Sample(double shift, double scale)
    {
        double[] z = Series.Normal(1, 16_000), x = Series.Map(z, (i, value) => i % 2 == 0 ? scale * value : 3 + shift + (2 * scale * value));
        return new Draws(4, 2000, [new DrawsVariable("x", [2], x)]);
    }

    private static string Failure(Action judge) => Assert.Throws<CheckFailedException>(judge).Message;
}
