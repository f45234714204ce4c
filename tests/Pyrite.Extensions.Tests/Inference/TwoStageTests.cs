using Pyrite.Testing;

namespace Pyrite.Extensions.Inference;

/// <summary>An integrator of one's own keeps the laws of integrators, and NUTS with it the posterior.</summary>
public sealed class TwoStageTests
{
    private static readonly TwoStageIntegrator Integrator = new();

    public static TheoryData<string> Metrics => ["diagonal", "dense", "own"];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void The_energy_error_falls_with_the_square_of_the_step_and_trajectories_can_be_walked_back(string metric)
    {
        PhasePoint point = PointOf(metric);
        double coarse = Error(point, Integrator, 0.02, 50), fine = Error(point, Integrator, 0.01, 100);
        Assert.InRange(coarse / fine, 3.5, 4.5);
        point.Begin([0.3, -0.5], [0.7, 0.2]);
        Walk(point, Integrator, 0.02, 300);
        Walk(point, Integrator, -0.02, 300);
        Assert.Equal(0.3, point.Position[0], 1e-10);
        Assert.Equal(-0.5, point.Position[1], 1e-10);
        Assert.Equal(0.7, point.Momentum[0], 1e-10);
        Assert.Equal(0.2, point.Momentum[1], 1e-10);
    }

    [Fact]
    public void At_the_same_number_of_gradients_it_keeps_the_energy_better_than_leapfrog()
    {
        PhasePoint point = PointOf("diagonal");
        // 0.16 is 1.6 of the short standard deviation; as many gradients either way.
        double two = Enumerable.Range(1, 40).Max(steps => Error(point, Integrator, 0.16, steps));
        double one = Enumerable.Range(1, 40).Max(steps => Error(point, Pyrite.Integrator.Leapfrog, 0.08, 2 * steps));
        Assert.True(two < 0.5 * one, $"{two} against {one}");
    }

    [Fact]
    public void Nuts_draws_from_the_posterior_and_reports_gradients()
    {
        McmcResult result = Mcmc.Run(Targets.Ridge, new Nuts { Integrator = Integrator }, chains: 4, warmup: 400, draws: 400, seed: 4, thinning: 4);
        (double[] along, double[] across) = Targets.Axes(result.Draws);
        // Draws four transitions apart are nearly independent; a right sampler fails once in 1,000, twice asked.
        StatisticalAssert.KolmogorovSmirnov(along, x => ReferenceCdf.Normal(x / Targets.Long), 1e-3, "along the ridge");
        StatisticalAssert.KolmogorovSmirnov(across, x => ReferenceCdf.Normal(x / Targets.Short), 1e-3, "across the ridge");
        Assert.All(result.Statistics.Scalar(SamplerColumns.LeapfrogSteps), gradients => Assert.Equal(0, gradients % 2));
    }

    private static PhasePoint PointOf(string metric) => new(Potential.Of(Targets.Ridge), metric switch
    {
        "diagonal" => Metric.Unit(2),
        "dense" => Metric.Dense(new double[,] { { 1, 0.3 }, { 0.3, 0.5 } }),
        _ => new PrincipalAxisMetric([0.5, 0.4], [0.3, -0.2]),
    });

    private static double Walk(PhasePoint point, Integrator integrator, double step, int steps)
    {
        double energy = 0;
        for (int i = 0; i < steps; i++)
        {
            energy = integrator.Step(point, step);
        }
        return energy;
    }

    private static double Error(PhasePoint point, Integrator integrator, double step, int steps)
    {
        point.Begin([0.8, 0.6], [0.7, 0.2]);
        double before = point.KineticEnergy - point.LogDensity;
        return Math.Abs(Walk(point, integrator, step, steps) - before);
    }
}
