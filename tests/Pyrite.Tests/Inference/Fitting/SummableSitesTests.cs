using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>What a run says of discrete sites that it draws although they could be summed out.</summary>
public sealed class SummableSitesTests
{
    private const int Steps = 120;

    [Fact]
    public void A_discrete_site_that_could_be_summed_cheaply_is_named_once()
    {
        Svi<Tensor> svi = new(Model(null), Guide, new Adam(0.01), new TraceElbo());

        string note = Assert.Single(svi.Run(1.5, Steps).Notes);
        Assert.Contains("\"z\"", note);
        Assert.Contains("EnumerationElbo", note);
        Assert.Empty(svi.Run(1.5, Steps).Notes);
    }

    [Fact]
    public void What_is_meant_to_be_drawn_or_has_no_end_is_not_spoken_of()
    {
        Assert.Empty(new Svi<Tensor>(Model(Enumerate.Never), Guide, new Adam(0.01), new TraceElbo()).Run(1.5, Steps).Notes);
        Assert.Empty(new Svi<Tensor>(Model(null), Guide, new Adam(0.01), new EnumerationElbo()).Run(1.5, Steps).Notes);

        static void Counts(Tensor x) => Sample("x", new Normal(Sample("n", new Poisson(2)), 1), observed: x);
        static void OfCounts(Tensor x) => Sample("n", new Poisson(Param("rate", 2.0, constraint: Constraints.Positive)));
        Assert.Empty(new Svi<Tensor>(Counts, OfCounts, new Adam(0.01), new TraceElbo()).Run(1.5, Steps).Notes);
    }

    private static Action<Tensor> Model(SiteOptions? options) => x =>
    {
        Tensor z = Sample("z", new Bernoulli(0.4), options: options);
        Sample("x", new Normal(2 * z, 1), observed: x);
    };

    private static void Guide(Tensor x) => Sample("z", new Bernoulli(Param("chance", 0.5, constraint: Constraints.UnitInterval)));
}
