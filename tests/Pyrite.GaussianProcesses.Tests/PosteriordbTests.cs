using Pyrite.Testing;
using Pyrite.Tests;
using static Pyrite.Primitives;

namespace Pyrite.GaussianProcesses.Tests;

/// <summary>The Gaussian process regression of posteriordb, written with the parts of this library.</summary>
[Trait("Once", "Cultures")]
public sealed class PosteriordbTests
{
    private const string Name = "gp_pois_regr-gp_regr";

    [PosteriordbFact]
    public void The_density_and_its_gradient_are_those_of_the_reference()
    {
        PosteriorReference reference = PosteriorReference.Load(Name);
        Potential potential = Potential.Of(ModelOf(reference));
        Assert.True(potential.IsReplayed);
        double[] Point(double[] numbers) => potential.Unconstrain(
            reference.LogDensityParameters.Index().ToDictionary(one => one.Item, one => (Tensor)numbers[one.Index]));

        PosteriordbJudge.LogDensity(reference, x => potential.LogDensity(Point(x), withJacobian: false));
        JudgedDraws.Gradient(reference, potential, Point(reference.LogDensityPoints[0]));
    }

    [PosteriordbFact]
    public void A_short_run_agrees_with_the_reference() => Judge(500, 500, isShort: true);

    [PosteriordbFact]
    [Trait("Category", "Long")]
    public void A_full_run_passes_all_stages() => Judge(1000, 3000, isShort: false);

    private static Action ModelOf(PosteriorReference reference)
    {
        Tensor Data(string name) => Tensor.From(reference.Data.GetProperty(name).Numbers());
        (Tensor x, Tensor y) = (Data("x"), Data("y"));
        return () =>
        {
            Tensor rho = Sample("rho", new Gamma(25, 4)), alpha = Sample("alpha", new HalfNormal(2)), sigma = Sample("sigma", new HalfNormal(1));
            Sample("y", new GaussianProcess(alpha.Square() * new Rbf(rho), x, noiseVariance: sigma), observed: y);
        };
    }

    private static void Judge(int warmup, int draws, bool isShort)
    {
        PosteriorReference reference = PosteriorReference.Load(Name);
        JudgedDraws.Judge(reference, ModelOf(reference), (warmup, draws), isShort, run => run.Draws);
    }
}
