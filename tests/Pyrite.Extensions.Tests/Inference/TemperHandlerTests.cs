using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Extensions.Inference;

/// <summary>A handler of one's own changes how sites count, in traces and in inference.</summary>
public sealed class TemperHandlerTests
{
    [Fact]
    public void It_scales_the_likelihood_alone_and_records_what_it_met()
    {
        TemperHandler temper = new(0.25);
        Trace plain = Trace.Of(Targets.Seen, new SeedHandler(1)), tempered = Trace.Of(Targets.Seen, new SeedHandler(1), temper);
        double prior = plain.LogProb(site => !site.IsObserved).Item(), likelihood = plain.LogProb(site => site.IsObserved).Item();
        Assert.Equal(prior + (0.25 * likelihood), tempered.LogProb().Item(), 1e-5);
        Trace.Of(Targets.Seen, new SeedHandler(2), temper);
        Assert.Equal(["y"], temper.Met);
    }

    [Fact]
    public void Draws_follow_the_tempered_posterior()
    {
        McmcResult result = Mcmc.Run(new TemperHandler(0.25, "y").Wrap(Targets.Seen), chains: 4, draws: 500, seed: 3, thinning: 5);
        // Precision 1 of the prior and 4 / 4 of the data; a right program fails once in 1,000.
        StatisticalAssert.KolmogorovSmirnov(result.Draws.Scalar("a"), x => ReferenceCdf.Normal((x - 0.75) * Math.Sqrt(2)), 1e-3);
    }

    [Fact]
    public void A_name_that_the_model_does_not_have_is_refused()
    {
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => new TemperHandler(2, "z").Run(Targets.Seen));
        Assert.Contains("\"z\"", refusal.Message);
    }

    [Fact]
    public void Handlers_inside_and_outside_work_together()
    {
        using (new SeedHandler(1).Enter())
        {
            TemperHandler outer = new(2), inner = new(3, "inside");
            Trace trace = Trace.Of(() =>
            {
                Sample("outside", new Normal(0, 1), observed: 1);
                using (inner.Enter())
                {
                    Sample("inside", new Normal(0, 1), observed: 1);
                }
            }, outer);
            Assert.Equal(2, ((SampleSite)trace["outside"]).Scale);
            Assert.Equal(6, ((SampleSite)trace["inside"]).Scale);
            Assert.Equal(["outside", "inside"], outer.Met);
        }
    }
}
