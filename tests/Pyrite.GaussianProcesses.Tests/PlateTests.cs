using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.GaussianProcesses.Tests;

/// <summary>Several processes side by side in a plate, and models of processes under Laplace's approximation.</summary>
[Trait("Once", "Cultures")]
public sealed class PlateTests
{
    private static readonly Tensor X = Tensor.LinearSpace(0, 5, 12, DType.Float64);
    private static readonly Tensor Curves =
        Tensor.Stack([X.Sin(), (2 * X).Cos(), 0.3 * X]) + 0.1 * RandomKey.FromSeed(1).Normal([3, 12], DType.Float64);

    private static readonly Tensor Counts = (Curves + 1).Exp().Floor();

    [Fact]
    public void Regressions_of_a_plate_are_a_process_each()
    {
        static void Model()
        {
            using (Plate("curves", 3))
            {
                Tensor height = Sample("height", new HalfNormal(1)), length = Sample("length", new InverseGamma(5, 5));
                Sample("y", new GaussianProcess(height.Square() * new Rbf(length.Unsqueeze(-1)), X, 0.01), observed: Curves);
            }
        }
        AgreesWithEachAlone(Potential.Of(Model), i => () =>
        {
            Tensor height = Sample("height", new HalfNormal(1)), length = Sample("length", new InverseGamma(5, 5));
            Sample("y", new GaussianProcess(height.Square() * new Rbf(length), X, 0.01), observed: Curves[i]);
        });
    }

    [Fact]
    public void Latent_processes_of_a_plate_are_sampled_by_NUTS_and_fitted_by_variational_inference()
    {
        static void Model(Tensor counts)
        {
            using (Plate("curves", 3))
            {
                Tensor height = Sample("height", new HalfNormal(1)), length = Sample("length", new InverseGamma(5, 5));
                Tensor f = new GaussianProcess(height.Square() * new Rbf(length.Unsqueeze(-1)), X, mean: 1, jitter: 1e-6).Latent("f");
                Sample("y", new Poisson(f.Exp()).ToEvent(1), observed: counts);
            }
        }
        Assert.True(Potential.Of(() => Model(Counts)).IsReplayed);
        McmcResult posterior = Mcmc.Run(() => Model(Counts), chains: 1, warmup: 150, draws: 150, seed: 1);
        Assert.Equal([3, 12], posterior["f"].Shape[^2..]);
        Assert.InRange(posterior.Divergences, 0, 5);

        AutoNormal<Tensor> guide = new(Model);
        Svi<Tensor> svi = new(Model, guide, new Adam(0.03), new TraceElbo(), seed: 1);
        svi.Run(Counts, 800);
        Tensor fitted = svi.Predict(Counts, 300)["f"].Mean([0]), sampled = posterior["f"].Reshape(-1, 36).Mean([0]).Reshape(3, 12);

        // Both are estimates of the same curves, which range over some 2; a posterior deviation is about 0.4.
        Assert.InRange((fitted - sampled).Abs().Mean().Item(), 0, 0.2);
        Assert.InRange((sampled - 1.0 - Curves).Abs().Mean().Item(), 0, 0.5);
    }

    [Fact]
    public void Laplace_within_a_model_takes_the_processes_of_a_plate()
    {
        static void Model()
        {
            using (Plate("curves", 3))
            {
                Tensor height = Sample("height", new HalfNormal(1)), length = Sample("length", new InverseGamma(5, 5));
                Factor("y", new GaussianProcess(height.Square() * new Rbf(length.Unsqueeze(-1)), X, mean: 1).Laplace(LatentLikelihood.Poisson, Counts)
                    .LogEvidence);
            }
        }
        AgreesWithEachAlone(Potential.Of(Model), i => () =>
        {
            Tensor height = Sample("height", new HalfNormal(1)), length = Sample("length", new InverseGamma(5, 5));
            Factor("y", new GaussianProcess(height.Square() * new Rbf(length), X, mean: 1).Laplace(LatentLikelihood.Poisson, Counts[i]).LogEvidence);
        });
    }

    [Fact]
    public void Laplace_approximates_the_parameters_of_a_process()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor height = Sample("height", new HalfNormal(1)), length = Sample("length", new InverseGamma(5, 5));
            Sample("y", new GaussianProcess(height.Square() * new Rbf(length), X, Sample("noise", new HalfNormal(1)).Square()), observed: Curves[0]);
        });
        LaplaceResult result = Laplace.Run(potential, seed: 1);
        double[] mode = result.UnconstrainedMode.ToArray<double>(), gradient = new double[3];
        double[] curvature = result.NegativeHessian.Diagonal().ToArray<double>();
        potential.LogDensity(mode, gradient);

        const double step = 1e-3;
        Assert.All(gradient, slope => Assert.InRange(slope, -1e-5, 1e-5));
        for (int i = 0; i < 3; i++)
        {
            double At(double offset) => potential.LogDensity([.. mode.Select((x, k) => k == i ? x + offset : x)]);
            Assert.Equal(-(At(step) - (2 * At(0)) + At(-step)) / (step * step), curvature[i], 1e-3 * curvature[i]);
        }
    }

    /// <summary>Two parameters for each of three curves: the density is the sum, and gradients are those of each.</summary>
    private static void AgreesWithEachAlone(Potential together, Func<int, Action> alone)
    {
        Assert.True(together.IsReplayed);
        double[] point = [0.1, -0.2, 0.3, -0.5, 0.2, 0.4], gradient = new double[6];
        double density = together.LogDensity(point, gradient), sum = 0;
        for (int i = 0; i < 3; i++)
        {
            double[] own = new double[2];
            sum += Potential.Of(alone(i)).LogDensity([point[i], point[3 + i]], own);
            Close.Assert([gradient[i], gradient[3 + i]], own, 1e-6, 1e-6, "gradient");
        }
        Assert.Equal(sum, density, 1e-8 * Math.Abs(sum));
    }
}
