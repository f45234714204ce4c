using Pyrite.Testing;
using Pyrite.Tests;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>The autoregression of posteriordb, written with <see cref="Arma"/>.</summary>
[Trait("Once", "Cultures")]
public sealed class PosteriordbTests
{
    private const string Name = "arK-arK";

    [PosteriordbFact]
    public void The_density_and_its_gradient_are_those_of_the_reference()
    {
        PosteriorReference reference = PosteriorReference.Load(Name);
        Potential potential = Potential.Of(ModelOf(reference));
        Assert.True(potential.IsReplayed);
        double[] Point(double[] numbers) => potential.Unconstrain(new Dictionary<string, Tensor>
        {
            ["alpha"] = numbers[Index("alpha")],
            ["beta"] = Tensor.From<double>([.. Enumerable.Range(1, 5).Select(lag => numbers[Index($"beta[{lag}]")])]),
            ["sigma"] = numbers[Index("sigma")],
        });
        int Index(string name) => reference.LogDensityParameters.Index().First(one => one.Item == name).Index;

        PosteriordbJudge.LogDensity(reference, x => potential.LogDensity(Point(x), withJacobian: false));
        JudgedDraws.Gradient(reference, potential, Point(reference.LogDensityPoints[0]));
    }

    [PosteriordbFact]
    public void A_short_run_agrees_with_the_reference() => Judge((500, 500), isShort: true);

    [PosteriordbFact]
    [Trait("Category", "Long")]
    public void A_full_run_passes_all_stages() => Judge((1000, 3000), isShort: false);

    /// <summary>The reference conditions on the first five observations, and has an intercept alpha where an autoregression has a mean m: alpha =
    /// m (1 - Σ beta).</summary>
    private static Action ModelOf(PosteriorReference reference)
    {
        Tensor y = Tensor.From(reference.Data.GetProperty("y").Numbers());
        return () =>
        {
            Tensor alpha = Sample("alpha", new Normal(0, 10)), sigma = Sample("sigma", new HalfCauchy(2.5));
            Tensor beta = Sample("beta", new Normal(Tensor.Zeros(5), 10).ToEvent(1));
            Arma process = new(beta, Tensor.Zeros(0), alpha / (1 - beta.Sum()), sigma, y.Count);
            Factor("y", process.ConditionalLogProb(y));
        };
    }

    private static void Judge((int Warmup, int Draws) lengths, bool isShort)
    {
        PosteriorReference reference = PosteriorReference.Load(Name);
        JudgedDraws.Judge(reference, ModelOf(reference), lengths, isShort, run => run.Draws);
    }
}
