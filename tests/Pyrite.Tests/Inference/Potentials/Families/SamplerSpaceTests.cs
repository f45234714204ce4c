using static Pyrite.Primitives;

namespace Pyrite.Tests.Families;

/// <summary>The samplers beside NUTS on families that are hard for a space: they draw what <see cref="Distribution.Sample"/> draws.</summary>
/// <remarks>21 runs with fewer than 120 comparisons; a right sampler fails one of them with chance 5e-7, and the whole class with chance 6e-5 under a
/// fresh seed.</remarks>
[Trait("Once", "Cultures")]
public sealed class SamplerSpaceTests
{
    private const double FalseAlarmRate = 5e-7;

    private static readonly string[] Families =
    [
        "an angle around ±π", "an angle in degrees", "a truncated angle", "a direction around the pole of the chart", "Gamma infinite at zero",
            "Pareto without a mean", "LKJ of one correlation",
    ];

    /// <summary>Samplers with the transitions between draws that are nearly independent, in a few dimensions.</summary>
    private static readonly Dictionary<string, (Sampler Sampler, int Thinning)> Samplers = new()
    {
        ["Hmc"] = (new Hmc(targetAcceptance: 0.9), 3),
        ["RandomWalk"] = (new RandomWalk(), 25),
        ["SliceSampler"] = (new SliceSampler(), 6),
    };

    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string sampler in Samplers.Keys)
            {
                foreach (string family in Families)
                {
                    all.Add(sampler, family);
                }
            }
            return all;
        }
    }

    [Theory, MemberData(nameof(All)), Trait("Category", "Long")]
    public void Every_sampler_draws_as_Sample_draws(string sampler, string family) => Check(sampler, family, draws: 2000);

    [Theory]
    [InlineData("Hmc", "an angle around ±π")]
    [InlineData("RandomWalk", "an angle around ±π")]
    [InlineData("SliceSampler", "an angle around ±π")]
    [InlineData("Hmc", "a direction around the pole of the chart")]
    [InlineData("RandomWalk", "a direction around the pole of the chart")]
    public void Angles_and_directions_are_drawn_by_every_sampler(string sampler, string family) => Check(sampler, family, draws: 500);

    private static void Check(string name, string familyName, int draws)
    {
        Distribution family = SpaceFamilies.All[familyName]();
        (Sampler sampler, int thinning) = Samplers[name];
        McmcResult posterior = Mcmc.Run(() => Sample("x", family), sampler, chains: 4, warmup: 1000, draws: draws, seed: 8, thinning: thinning);
        PriorComparison.Check(posterior, family, FalseAlarmRate, draws: 20 * draws, worstRHat: 1.03);
    }
}
