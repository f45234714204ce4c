using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.GaussianProcesses.Tests;

/// <summary>Latent processes integrated out by Laplace's approximation, beyond the golden cases.</summary>
[Trait("Once", "Cultures")]
public sealed class EmbeddedLaplaceTests
{
    private static readonly Tensor X = Tensor.From([0, 0.5, 1.1, 1.9, 2.4, 3.3]);

    private static readonly Tensor Counts = Tensor.From([1.0, 2, 5, 4, 1, 0]);

    [Fact]
    public void Gaussian_observations_are_integrated_exactly()
    {
        Kernel kernel = 0.8 * new Matern52(1.2);
        EmbeddedLaplace laplace = new GaussianProcess(kernel, X, mean: 0.4).Laplace(LatentLikelihood.Gaussian(0.3), Counts);
        GaussianProcess exact = new(kernel, X, 0.3, 0.4);
        Tensor between = Tensor.From([0.7, 2.0]);

        // The evidence of Laplace's method has no constant of its own: it is the density itself.
        Close.Assert(laplace.LogEvidence, exact.LogProb(Counts), 1e-10, 1e-10, "evidence");
        Close.Assert(laplace.Condition(between).Mean, exact.Condition(Counts, between).Mean, 1e-10, 1e-10, "mean");
        Close.Assert(laplace.Condition(between).Covariance, exact.Condition(Counts, between).Covariance, 1e-10, 1e-10, "covariance");
    }

    [Theory]
    [InlineData("poisson")]
    [InlineData("negative binomial")]
    [InlineData("by function")]
    public void Gradients_agree_with_differences(string name)
    {
        GradientCheck.Verify(v =>
        {
            LatentLikelihood likelihood = name switch
            {
                "poisson" => LatentLikelihood.Poisson,
                "negative binomial" => LatentLikelihood.NegativeBinomial(v[2]),
                _ => LatentLikelihood.Of(f => new NegativeBinomial2(logMean: f, concentration: v[2])),
            };
            return new GaussianProcess(v[0] * new Rbf(v[1]), X, mean: v[3]).Laplace(likelihood, Counts).LogEvidence;
        }, [1.2, 0.9, 2.5, 0.3], 1e-6, 1e-7);
    }

    [Fact]
    public void A_model_with_it_is_replayed_and_sampled()
    {
        static void Model()
        {
            Kernel kernel = Sample("height", new HalfNormal(1)).Square() * new Rbf(Sample("length", new InverseGamma(5, 5)));
            Factor("y", new GaussianProcess(kernel, X).Laplace(LatentLikelihood.Poisson, Counts).LogEvidence);
        }
        Assert.True(Potential.Of(Model).IsReplayed);
        McmcResult result = Mcmc.Run(Model, draws: 40, warmup: 80, chains: 1, seed: 1);
        Assert.InRange(result.Summary()["length"].Mean, 0.4, 3);
        Assert.InRange(result.Failures.Sum(failure => failure.Count), 0, 3);
    }

    [Fact]
    public void A_mode_that_is_not_found_and_batches_are_refused()
    {
        GaussianProcess process = new(100 * new Rbf(0.7), X);
        Assert.Contains("not found in 1 "
            + "steps", Assert.Throws<ArgumentException>(() => process.Laplace(LatentLikelihood.Poisson, Counts, steps: 1)).Message);
        GaussianProcess two = new(Tensor.From([1.0, 2]) * new Rbf(0.7), X);
        Assert.Contains("one process", Assert.Throws<ArgumentException>(() => two.Laplace(LatentLikelihood.Poisson, Counts)).Message);
    }
}
