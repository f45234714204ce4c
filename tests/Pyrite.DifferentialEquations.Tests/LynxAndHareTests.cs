using Pyrite.Testing;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>posteriordb's hares and lynxes with the solver of this package: the densities and the gradient of the reference.</summary>
[Trait("Once", "Cultures")]
public sealed class LynxAndHareTests
{
    private const string Name = "hudson_lynx_hare-lotka_volterra";

    [PosteriordbFact]
    public void The_density_of_hares_and_lynxes_is_that_of_the_reference()
    {
        PosteriorReference reference = PosteriorReference.Load(Name);
        Potential potential = Potential.Of(Model(reference));

        Assert.True(potential.IsReplayed);
        PosteriordbJudge.LogDensity(reference, x => potential.LogDensity(Point(x), withJacobian: false));
        PosteriordbJudge.Gradient(reference, Point(reference.LogDensityPoints[0]), x => potential.LogDensity(x), x =>
        {
            double[] gradient = new double[x.Length];
            potential.LogDensity(x, gradient);
            return gradient;
        });

        double[] Point(double[] numbers) => potential.Unconstrain(potential.Sites.ToDictionary(site => site.Name, site => Tensor.From<double>(
            [.. reference.LogDensityParameters.Index().Where(one => one.Item.Split('[')[0] == site.Name).Select(one => numbers[one.Index])],
            site.Shape)));
    }

    private static Action Model(PosteriorReference reference)
    {
        Tensor first = Tensor.From(reference.Data.GetProperty("y_init").Numbers());
        double[][] rows = [.. reference.Data.GetProperty("y").EnumerateArray().Select(row => row.Numbers())];
        Tensor counts = Tensor.From<double>([.. rows.SelectMany(row => row)], [rows.Length, 2]);
        Tensor years = Tensor.From([.. Enumerable.Range(1, rows.Length).Select(year => (double)year)]);
        return () =>
        {
            Tensor theta = Sample("theta",
                new TruncatedNormal(Tensor.From([1, 0.05, 1, 0.05]), Tensor.From([0.5, 0.05, 0.5, 0.05]), low: 0).ToEvent(1));
            Tensor start = Sample("z_init", new LogNormal(Math.Log(10) * Tensor.Ones(2), 1).ToEvent(1));
            Tensor sigma = Sample("sigma", new LogNormal(-Tensor.Ones(2), 1).ToEvent(1));
            Tensor states = Ode.Solve(
                (t, z) => Tensor.Stack([(theta[0] - (theta[1] * z[1])) * z[0], ((theta[3] * z[0]) - theta[2]) * z[1]]), start, 0, years,
                new Tsit5 { RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-8 }).Values;
            Sample("y_init", new LogNormal(start.Log(), sigma).ToEvent(1), observed: first);
            using (Plate("years", rows.Length))
            {
                Sample("y", new LogNormal(states.Log(), sigma).ToEvent(1), observed: counts);
            }
        };
    }
}
