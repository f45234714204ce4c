using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class PosteriordbTests
{
    [PosteriordbTheory]
    [InlineData("kidiq-kidscore_interaction")]
    [InlineData("sblrc-blr")]
    [InlineData("arK-arK")]
    [InlineData("low_dim_gauss_mix-low_dim_gauss_mix")]
    [InlineData("hmm_example-hmm_example")]
    [InlineData("gp_pois_regr-gp_regr")]
    public void Densities_and_gradients_are_those_of_the_reference(string name)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        Potential potential = Potential.Of(PosteriordbModels.Of(reference));
        Assert.True(potential.IsReplayed);
        PosteriordbJudge.LogDensity(reference, x => potential.LogDensity(potential.Unconstrain(Values(reference, potential, x)), withJacobian: false));
        double[] point = potential.Unconstrain(Values(reference, potential, reference.LogDensityPoints[0]));
        PosteriordbJudge.Gradient(reference, point, x => potential.LogDensity(x), x =>
        {
            double[] gradient = new double[x.Length];
            potential.LogDensity(x, gradient);
            return gradient;
        });
    }

    [PosteriordbTheory]
    [InlineData("eight_schools-eight_schools_noncentered")]
    [InlineData("sblrc-blr")]
    [InlineData("arK-arK")]
    [InlineData("low_dim_gauss_mix-low_dim_gauss_mix")]
    [InlineData("gp_pois_regr-gp_regr")]
    [InlineData("GLM_Poisson_Data-GLM_Poisson_model")]
    public void Short_runs_agree_with_the_reference(string name) => Judge(name, 1000, isShort: true);

    [PosteriordbTheory]
    [InlineData("eight_schools-eight_schools_noncentered")]
    [InlineData("kidiq-kidscore_interaction")]
    [InlineData("sblrc-blr")]
    [InlineData("arK-arK")]
    [InlineData("low_dim_gauss_mix-low_dim_gauss_mix")]
    [InlineData("hmm_example-hmm_example")]
    [InlineData("gp_pois_regr-gp_regr")]
    [InlineData("wells_data-wells_dist100ars_model")]
    [InlineData("GLM_Poisson_Data-GLM_Poisson_model")]
    [InlineData("rats_data-rats_model")]
    [Trait("Category", "Long")]
    public void Full_runs_pass_all_stages(string name) => Judge(name, 3000, isShort: false);

    private static void Judge(string name, int draws, bool isShort)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        Nuts sampler = new(targetAcceptance: 0.95);
        McmcResult posterior = Mcmc.Run(PosteriordbModels.Of(reference), sampler, warmup: isShort ? 500 : 1000, draws: draws, seed: 1);
        IReadOnlyList<JudgedScalar> scalars = JudgedDraws.Of(posterior.Draws, reference);
        PosteriordbJudge.Convergence(name, scalars, JudgedDraws.Report(posterior.Statistics, sampler.MaximumTreeDepth), isShort, isCentred: name.StartsWith("rats", StringComparison.Ordinal));
        PosteriordbJudge.Moments(reference, scalars);
    }

    /// <summary>The reference's flat list of numbers as values of the sites.</summary>
    private static Dictionary<string, Tensor> Values(PosteriorReference reference, Potential potential, double[] numbers)
    {
        Dictionary<string, Tensor> values = [];
        foreach (PotentialSite site in potential.Sites)
        {
            double[] own = [.. reference.LogDensityParameters.Index().Where(one => one.Item.Split('[')[0] == site.Name).Select(one => numbers[one.Index])];
            values[site.Name] = Tensor.From<double>(own, site.Shape);
        }
        return values;
    }
}
