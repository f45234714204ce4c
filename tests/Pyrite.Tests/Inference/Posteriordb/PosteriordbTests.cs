using Pyrite.Testing;


namespace Pyrite.Tests;

[Trait("Once", "Cultures")]
public sealed class PosteriordbTests
{
    /// <summary>Gradients of the first two take long, and few draws are worth many; the correlations of the third make many draws worth
    /// few.</summary>
    private static readonly Dictionary<string, (int Warmup, int Draws)> ShortRuns = new()
    {
        ["hmm_example-hmm_example"] = (200, 250),
        ["hudson_lynx_hare-lotka_volterra"] = (250, 450),
        ["kidiq-kidscore_interaction"] = (500, 1200),
        ["sblrc-blr"] = (500, 1000),
    };

    public static TheoryData<string> Names => [.. PosteriordbModels.Names];

    /// <summary>Differential equations take many seconds even in short.</summary>
    public static TheoryData<string> QuickNames => [.. PosteriordbModels.Names.Where(name => !name.StartsWith("hudson_", StringComparison.Ordinal))];

    [PosteriordbTheory]
    [InlineData("kidiq-kidscore_interaction")]
    [InlineData("sblrc-blr")]
    [InlineData("arK-arK")]
    [InlineData("low_dim_gauss_mix-low_dim_gauss_mix")]
    [InlineData("hmm_example-hmm_example")]
    [InlineData("gp_pois_regr-gp_regr")]
    [InlineData("hudson_lynx_hare-lotka_volterra")]
    public void Densities_and_gradients_are_those_of_the_reference(string name)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        Potential potential = Potential.Of(PosteriordbModels.Of(reference));
        Assert.True(potential.IsReplayed);
        PosteriordbJudge.LogDensity(reference,
            x => potential.LogDensity(potential.Unconstrain(Values(reference, potential, x)), withJacobian: false));
        double[] point = potential.Unconstrain(Values(reference, potential, reference.LogDensityPoints[0]));
        JudgedDraws.Gradient(reference, potential, point);
    }

    /// <summary>The file has points of the school effects; the model's own numbers are those effects standardized, which adds a volume
    /// change.</summary>
    [PosteriordbFact]
    public void Eight_schools_have_the_density_of_the_centred_model()
    {
        PosteriorReference reference = PosteriorReference.Load("eight_schools-eight_schools_noncentered");
        Potential potential = Potential.Of(PosteriordbModels.Of(reference));
        int Index(string name) => reference.LogDensityParameters.Index().First(one => one.Item == name).Index;
        double[] Point(double[] x)
        {
            (double mu, double tau) = (x[Index("mu")], x[Index("tau")]);
            Tensor z = Tensor.From<double>([.. Enumerable.Range(1, 8).Select(j => (x[Index($"theta[{j}]")] - mu) / tau)]);
            return potential.Unconstrain(new Dictionary<string, Tensor> { ["mu"] = mu, ["tau"] = tau, ["z"] = z });
        }
        PosteriordbJudge.LogDensity(reference, x => potential.LogDensity(Point(x), withJacobian: false) - (8 * Math.Log(x[Index("tau")])));
        JudgedDraws.Gradient(reference, potential, Point(reference.LogDensityPoints[0]));
    }

    /// <summary>Without points in the file: the gradient alone, half a standard deviation above the reference's means.</summary>
    [PosteriordbTheory]
    [InlineData("wells_data-wells_dist100ars_model")]
    [InlineData("GLM_Poisson_Data-GLM_Poisson_model")]
    [InlineData("rats_data-rats_model")]
    [InlineData("M0_data-M0_model")]
    public void Gradients_are_those_of_the_density(string name)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        Potential potential = Potential.Of(PosteriordbModels.Of(reference));
        Assert.True(potential.IsReplayed);
        double[] point = potential.Unconstrain(potential.Sites.ToDictionary(site => site.Name, site => Means(reference, site)));
        JudgedDraws.Gradient(reference, potential, point);
    }

    [PosteriordbTheory]
    [MemberData(nameof(QuickNames))]
    public void Short_runs_agree_with_the_reference(string name) => Judge(name, isShort: true);

    [PosteriordbTheory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Long")]
    public void Full_runs_pass_all_stages(string name) => Judge(name, isShort: false);

    private static void Judge(string name, bool isShort)
    {
        PosteriorReference reference = PosteriorReference.Load(name);
        JudgedDraws.Judge(reference, PosteriordbModels.Of(reference), isShort ? ShortRuns.GetValueOrDefault(name, (500, 500)) : (1000, 3000), isShort,
            run => PosteriordbModels.Reported(reference, run.Draws), PosteriordbModels.SamplerOf(reference), PosteriordbModels.StartOf(reference),
            PosteriordbModels.IsCentred(reference));
    }

    /// <summary>Half a standard deviation above the reference's means.</summary>
    private static Tensor Means(PosteriorReference reference, PotentialSite site) => Tensor.From<double>(
        [.. Enumerable.Range(1, (int)site.Shape.Count).Select(i => reference.Parameters[site.Shape.Rank == 0 ? site.Name : $"{site.Name}[{i}]"])
            .Select(moments => moments.Mean + (0.5 * moments.StandardDeviation))], site.Shape);

    /// <summary>The reference's flat list of numbers as values of the sites.</summary>
    private static Dictionary<string, Tensor> Values(PosteriorReference reference, Potential potential, double[] numbers)
    {
        Dictionary<string, Tensor> values = [];
        foreach (PotentialSite site in potential.Sites)
        {
            double[] own =
                [.. reference.LogDensityParameters.Index().Where(one => one.Item.Split('[')[0] == site.Name).Select(one => numbers[one.Index])];
            values[site.Name] = Tensor.From<double>(own, site.Shape);
        }
        return values;
    }
}
