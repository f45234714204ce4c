using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class SiteOptionsTests
{
    [Fact]
    public void One_option_of_each_type_is_kept_and_later_ones_win()
    {
        SiteOptions options = SiteOptions.None.With("first").With(new Version(1, 0)).With("second");
        Assert.Equal("second", options.Find<string>());
        Assert.Equal(new Version(1, 0), options.Find<Version>());
        Assert.Null(SiteOptions.None.Find<string>());
    }

    [Fact]
    public void Handlers_add_to_what_the_statement_says_and_take_precedence()
    {
        Trace trace = Trace.Of(
            () => Sample("x", new Normal(0, 1), options: SiteOptions.None.With("statement").With(new Version(1, 0))),
            new InferConfigHandler(site => site.Name == "x" ? SiteOptions.None.With("handler") : SiteOptions.None));
        SiteOptions found = ((SampleSite)trace["x"]).Options;
        Assert.Equal("handler", found.Find<string>());
        Assert.Equal(new Version(1, 0), found.Find<Version>());
    }

    [Fact]
    public void A_reparameterized_site_hands_its_options_on()
    {
        Trace trace = Trace.Of(
            () => Sample("x", new Normal(0, 1), options: SiteOptions.None.With("kept")),
            new ReparameterizeHandler(("x", new Doubling())));
        Assert.Equal("kept", ((SampleSite)trace["x_half"]).Options.Find<string>());
        Assert.Equal(2 * trace["x_half"].Value.Item(), trace["x"].Value.Item());
    }

    /// <summary>A strategy of one's own: half the variable is drawn.</summary>
    private sealed class Doubling : Reparameterization
    {
        protected internal override Tensor Apply(SampleSite site) => 2 * Sample(site, "half", new Normal(0, 0.5));
    }
}
