using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Extensions.Inference;

/// <summary>An automatic guide of one's own fits, draws and answers like the library's.</summary>
public sealed class AutoStudentTTests
{
    [Fact]
    [Trait("Category", "Long")]
    public void It_finds_a_posterior_with_heavy_tails_which_normal_guides_cannot()
    {
        AutoStudentT<int> guide = new(_ => Model());
        Svi<int> svi = Fit(guide);
        AutoNormal<int> normal = new(_ => Model());
        double tails = Mean(Fit(normal)), own = Mean(svi);
        // The guide's family holds the posterior, so that the loss, minus the log evidence, is 0 there with every draw.
        Assert.InRange(own, -1e-3, 5e-3);
        Assert.True(tails > 0.02, $"{tails}");
        Assert.Equal(2, svi.Parameters["auto.loc"].Item(), 0.05);
        Assert.Equal(1.5, svi.Parameters["auto.scale"].Item(), 0.05);
        Assert.InRange(guide.Df(svi.Parameters).Item(), 2.5, 3.6);
        Assert.Equal(10, guide.Df(null).Item(), 1e-4);
        // Of 2,000 draws a right program fails once in 1,000; the fit is not exact, so the test stays below what it could see.
        StatisticalAssert.KolmogorovSmirnov(guide.Draw(svi.Parameters, 2_000, seed: 4).Scalar("x"), x => Cdf((x - 2) / 1.5), 1e-3);
        Assert.Equal(2, guide.Median(svi.Parameters)["x"].Item(), 0.15);
        Assert.Equal(["x"], guide.SiteNames);
    }

    [Fact]
    public void It_is_a_part_of_a_list_like_any_other()
    {
        static void Both(int _)
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Sample("rate", new Gamma(2, 1));
            Sample("y", new Normal(x, 1), observed: 1);
        }
        AutoGuideList<int> guide = new AutoGuideList<int>()
            .Add(new AutoStudentT<int>(BlockHandler.Hide("rate").Wrap<int>(Both)))
            .Add(new AutoNormal<int>(BlockHandler.Hide("x").Wrap<int>(Both)));
        Svi<int> svi = new(Both, guide, new Adam(0.02), new TraceElbo(), seed: 1);
        for (int i = 0; i < 200; i++)
        {
            svi.Step(0);
        }
        Assert.Contains("auto.0.df", svi.Parameters.Names);
        Assert.Equal(["x", "rate"], guide.SiteNames);
        Assert.True(guide.Draw(svi.Parameters, 100).Scalar("rate").All(rate => rate > 0));
    }

    private static void Model() => Sample("x", new StudentT(3, 2, 1.5));

    private static Svi<int> Fit(Action<int> guide)
    {
        Svi<int> svi = new(_ => Model(), guide, new Adam(0.01), new TraceElbo(particles: 8, stickingTheLanding: true), seed: 2);
        for (int i = 0; i < 4_000; i++)
        {
            svi.Step(0);
        }
        return svi;
    }

    private static double Mean(Svi<int> svi) => Enumerable.Range(0, 500).Average(_ => svi.Evaluate(0));

    /// <summary>P(T ≤ x) of three degrees of freedom, by the Beta function.</summary>
    private static double Cdf(double x)
    {
        double tail = 0.5 * ReferenceCdf.Beta(1.5, 0.5, 3 / (3 + (x * x)));
        return x < 0 ? tail : 1 - tail;
    }
}
