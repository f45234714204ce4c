using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>A model that fails where a guide looks at it first is looked at elsewhere before it is refused.</summary>
public sealed class GuideStartTests
{
    [Fact]
    public void Where_the_model_fails_at_the_median_of_the_prior_the_guide_starts_at_a_draw()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoNormal<int> guide = new(_ => Shifted());
        Svi<int> svi = new(_ => Shifted(), guide.Run, new Adam(0.02), new TraceElbo(), seed: 1);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(double.IsFinite(svi.Step(0)));
        }
    }

    [Fact]
    public void A_draw_that_the_start_asks_for_is_drawn_again()
    {
        // A draw from the prior works with chance 0.38. Seeds are fixed; with those of the start the first draw fails.
        using Precision.Scope precision = Precision.Use(DType.Float64);
        int fails = 0;
        AutoNormal<int> guide = new(
            _ =>
            {
                Tensor x = Sample("x", new Normal(0, 1));
                fails += x.Item() < 0.3 ? 1 : 0;
                Sample("y", new Normal(0, x - 0.3), observed: 1.0);
            },
            start: GuideStart.PriorSample);
        guide.Run(0);
        Assert.InRange(guide.Median(null)["x"].Item(), 0.3, 10);
        Assert.True(fails > 0, "the test needs a first draw that fails");
    }

    [Fact]
    public void A_start_that_the_user_gives_decides_alone()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoNormal<int> guide = new(_ => Shifted(), start: GuideStart.Given(("x", -20.0)));
        ModelException refusal = Assert.Throws<ModelException>(() => guide.Run(0));
        Assert.Contains("scale must be positive; found -12", refusal.Message);
    }

    [Fact]
    public void Latents_whose_values_have_probabilities_of_their_own_are_refused_in_words()
    {
        foreach ((Distribution family, string words) in ((Distribution, string)[])
        [
            (new Censored(new Normal(0, 1), high: 1), "gives its limits probabilities of their own"),
            (new Delta(1.0), "gives one point all probability"),
            (new Empirical(Tensor.From([1.0, 2, 5])), "gives each stored value a probability"),
            (new IntervalCensored(new Normal(0, 1), Tensor.From([-1.0, 0, 1])), "gives each interval a probability"),
        ])
        {
            AutoNormal<int> guide = new(_ => Sample("x", family));
            ModelException refusal = Assert.Throws<ModelException>(() => guide.Run(0));
            Assert.Equal((ModelError.GuideUnsuitable, "x"), (refusal.Kind, refusal.Site));
            Assert.Contains(words, refusal.Message);
        }
    }

    /// <summary>The scale is negative at the prior's median; y asks for about 6.</summary>
    private static void Shifted()
    {
        Tensor x = Sample("x", new Normal(-10, 3));
        Sample("y", new Normal(0, x + 8), observed: 6.0);
    }
}
