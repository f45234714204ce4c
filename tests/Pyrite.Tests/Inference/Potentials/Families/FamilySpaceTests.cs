using Pyrite.Conformance;

using static Pyrite.Primitives;

namespace Pyrite.Tests.Families;

/// <summary>Every family alone as the prior of a latent: NUTS draws what <see cref="Distribution.Sample"/> draws, or refuses it in words.</summary>
/// <remarks>
/// About 150 families with fewer than 1,200 comparisons in all; a right sampler fails one of them with chance 5e-8, and the whole class with chance
/// 6e-5 under a fresh seed, as far as effective numbers of draws are known. A few everyday ones stand for all, which are in the long tests.
/// </remarks>
[Trait("Once", "Cultures")]
public sealed class FamilySpaceTests
{
    private const double FalseAlarmRate = 5e-8;

    private static readonly string[] NoSpace = ["Delta", "Unit", "Empirical", "Censored", "IntervalCensored"];

    private static readonly Dictionary<string, Func<Distribution>> All = RealFamilies.All.Concat(ArrayFamilies.All)
        .Where(entry => entry.Key != "ImproperUniform" && !NoSpace.Contains(entry.Key) && !entry.Value.Make().IsDiscrete)
        .Select(entry => KeyValuePair.Create<string, Func<Distribution>>(entry.Key, () => entry.Value.Make()))
        .Concat(SpaceFamilies.All).ToDictionary();

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> Discrete =>
        [.. RealFamilies.All.Concat(ArrayFamilies.All).Concat(CountFamilies.All).Where(entry => entry.Value.Make().IsDiscrete)
            .Select(entry => entry.Key)];

    public static TheoryData<string> Refused => [.. SpaceFamilies.Refused.Keys];

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void Every_family_is_drawn_as_Sample_draws_it(string name) => Check(name, draws: 1500, thinning: 2);

    [Theory]
    [InlineData("VonMises")]
    [InlineData("an angle around ±π")]
    [InlineData("an angle in degrees")]
    [InlineData("a truncated angle")]
    [InlineData("a direction around the pole of the chart")]
    [InlineData("Beta infinite at both ends")]
    [InlineData("Cauchy")]
    [InlineData("Masked")]
    [InlineData("LKJ")]
    [InlineData("a mixture of intervals")]
    public void Some_families_are_drawn_as_Sample_draws_them(string name) => Check(name, draws: 500, thinning: 2);

    [Theory, MemberData(nameof(Names))]
    public void Every_density_is_recorded(string name)
    {
        Potential potential = Of(All[name]());
        Assert.True(potential.IsReplayed);
        Assert.Empty(potential.Notes.All);
    }

    [Theory, MemberData(nameof(Discrete))]
    public void Discrete_families_are_refused_by_name(string name)
    {
        Distribution family = RealFamilies.All.Concat(ArrayFamilies.All).Concat(CountFamilies.All).First(entry => entry.Key == name).Value.Make();
        ModelException refusal =
            Assert.Throws<ModelException>(() => Potential.Of(() => Sample("x", PriorComparison.AsEvent(family), options: Enumerate.Never)));
        Assert.Equal(ModelError.LatentUnsuitable, refusal.Kind);
        Assert.Equal("x", refusal.Site);
        Assert.Contains("is discrete", refusal.Message);
        Assert.Contains("sum the site out", refusal.Message);
    }

    [Theory, MemberData(nameof(Refused))]
    public void Latents_without_a_density_or_a_space_are_refused_in_words(string name)
    {
        ModelException refusal = Assert.Throws<ModelException>(() => Of(SpaceFamilies.Refused[name].Family()));
        Assert.Equal(ModelError.LatentUnsuitable, refusal.Kind);
        Assert.Equal("x", refusal.Site);
        Assert.Contains(SpaceFamilies.Refused[name].Words, refusal.Message);
    }

    [Fact]
    public void A_latent_without_numbers_is_nothing_to_sample() =>
        Assert.Contains("no latent site", Assert.Throws<ModelException>(() => Of(new Unit(0.7))).Message);

    private static Potential Of(Distribution family) => Potential.Of(() => Sample("x", PriorComparison.AsEvent(family)));

    private static void Check(string name, int draws, int thinning)
    {
        Distribution family = All[name]();
        McmcResult posterior =
            Mcmc.Run(() => Sample("x", PriorComparison.AsEvent(family)), new Nuts(targetAcceptance: 0.9), chains: 4, warmup: 1000, draws: draws,
                seed: 5, thinning: thinning);
        PriorComparison.Check(posterior, family, FalseAlarmRate, draws: 20 * draws, worstRHat: 1.03);
    }
}
