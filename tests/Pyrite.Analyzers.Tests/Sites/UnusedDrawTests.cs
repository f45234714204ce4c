using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Sites.UnusedDrawAnalyzer, Pyrite.Analyzers.UnusedDrawCodeFix>;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR003.</summary>
public sealed class UnusedDrawTests
{
    [Theory]
    [InlineData("""[|Sample("a", new Normal(0, 1))|]; Sample("y", new Normal(0, 1), observed: y);""")]
    [InlineData("""[|Sample("a", new Normal(0, 1), null)|]; Factor("y", x);""")]
    [InlineData("""using (Plate("p", n)) { [|Sample("a", new Normal(0, 1))|]; Sample("y", new Normal(0, 1), observed: y); }""")]
    public Task A_latent_that_nobody_takes_is_found_in_a_model_with_data(string body) => Check.Model(body);

    [Theory]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); Sample("y", new Normal(a, 1), observed: y);""")]
    [InlineData("""Sample("a", new Normal(0, 1));""")]
    [InlineData("""Sample("y", new Normal(0, 1), observed: y); if (flag) { Sample("next", new Normal(0, 1)); }""")]
    [InlineData("""_ = Sample("a", new Normal(0, 1)); Sample("y", new Normal(0, 1), observed: y);""")]
    [InlineData("""Sample("a", new Normal(0, 1), fromPrior: true); Sample("y", new Normal(0, 1), observed: y);""")]
    [InlineData("""using (new ConditionHandler(("a", x)).Enter()) { Sample("a", new Normal(0, 1)); } Factor("y", x);""")]
    public Task Guides_used_values_and_what_is_on_purpose_are_left_alone(string body) => Check.Model(body);

    [Fact]
    public Task It_can_be_thrown_away_on_purpose() => Check.Model(
        """[|Sample("a", new Normal(0, 1))|]; Factor("y", x);""", """_ = Sample("a", new Normal(0, 1)); Factor("y", x);""");

    [Fact]
    public Task It_can_be_drawn_from_its_prior() => Check.Model(
        """[|Sample("a", new Normal(0, 1))|]; Factor("y", x);""", """Sample("a", new Normal(0, 1), fromPrior: true); Factor("y", x);""", fix: 1);
}
