using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Posteriors with discrete variables that Pyrite sums out, against the same references as those summed out by hand.</summary>
[Trait("Once", "Cultures")]
public sealed class PosteriordbDiscreteTests
{
    public static TheoryData<string> Names => [.. PosteriordbDiscreteModels.Names];

    [PosteriordbTheory]
    [InlineData("low_dim_gauss_mix-low_dim_gauss_mix")]
    [InlineData("hmm_example-hmm_example")]
    public void Densities_and_gradients_are_those_of_the_reference(string name)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        Potential potential = Potential.Of(PosteriordbDiscreteModels.Of(reference));
        Assert.True(potential.IsReplayed);
        double[] Point(double[] numbers) => potential.Unconstrain(potential.Sites.ToDictionary(site => site.Name, site => Tensor.From<double>(
            [.. reference.LogDensityParameters.Index().Where(one => one.Item.Split('[')[0] == site.Name).Select(one => numbers[one.Index])],
            site.Shape)));
        PosteriordbJudge.LogDensity(reference, x => potential.LogDensity(Point(x), withJacobian: false));
        JudgedDraws.Gradient(reference, potential, Point(reference.LogDensityPoints[0]));
    }

    /// <summary>Without points in the file: against the density that is summed by hand, at three points.</summary>
    [PosteriordbFact]
    public void Captured_animals_have_the_density_that_is_summed_by_hand()
    {
        PosteriorReference reference = PosteriorReference.Load("M0_data-M0_model");
        Potential potential = Potential.Of(PosteriordbDiscreteModels.Of(reference)), byHand = Potential.Of(PosteriordbModels.Of(reference));
        foreach ((double omega, double p) in new[] { (0.4, 0.5), (0.2, 0.9), (0.99, 0.01) })
        {
            Dictionary<string, Tensor> values = new() { ["omega"] = omega, ["p"] = p };
            double[] point = potential.Unconstrain(values);
            double expected = byHand.LogDensity(byHand.Unconstrain(values));
            Assert.Equal(expected, potential.LogDensity(point), 1e-10 * Math.Abs(expected));
            JudgedDraws.Gradient(reference, potential, point);
        }
    }

    [PosteriordbTheory]
    [MemberData(nameof(Names))]
    public void Short_runs_agree_with_the_reference(string name) => Judge(name, isShort: true);

    [PosteriordbTheory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Long")]
    public void Full_runs_pass_all_stages(string name) => Judge(name, isShort: false);

    private static void Judge(string name, bool isShort)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        McmcResult posterior = JudgedDraws.Judge(reference, PosteriordbDiscreteModels.Of(reference), isShort ? (250, 300) : (1000, 3000), isShort,
            run => PosteriordbDiscreteModels.Reported(reference, run));
        Assert.NotNull(posterior.SummedOut);
    }
}
