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
    public void A_batch_is_its_processes_one_by_one()
    {
        Tensor heights = Tensor.From([1.0, 2.5]), counts = Tensor.Stack([Counts, Counts.Flip(0) * 7]), between = Tensor.From([0.7, 2.0]);
        Tensor concentrations = Tensor.From([2.0, 0.5]);
        EmbeddedLaplace Of(Tensor height, Tensor y, Tensor concentration) =>
            new GaussianProcess(height * new Rbf(0.7), X, mean: 0.4).Laplace(LatentLikelihood.NegativeBinomial(concentration), y);
        EmbeddedLaplace both = Of(heights, counts, concentrations.Unsqueeze(-1));
        EmbeddedLaplace oneKernel = Of(1.0, counts, 2.0), oneSeries = Of(heights, Counts, 2.0);

        Assert.Equal([2], both.LogEvidence.Shape);
        Assert.Equal([2, 6], both.Mode.Shape);
        Assert.Equal([2, 6, 6], both.Covariance.Shape);
        for (int i = 0; i < 2; i++)
        {
            EmbeddedLaplace alone = Of(heights[i], counts[i], concentrations[i]);
            Close.Assert(both.LogEvidence[i], alone.LogEvidence, 1e-10, 1e-10, "evidence");
            Close.Assert(both.Mode[i], alone.Mode, 1e-8, 1e-8, "mode");
            Close.Assert(both.Covariance[i], alone.Covariance, 1e-8, 1e-8, "covariance");
            Close.Assert(both.Condition(between).Mean[i], alone.Condition(between).Mean, 1e-8, 1e-8, "mean elsewhere");
            Close.Assert(both.Condition(between).Variance[i], alone.Condition(between).Variance, 1e-8, 1e-8, "variance elsewhere");
            Close.Assert(oneKernel.LogEvidence[i], Of(1.0, counts[i], 2.0).LogEvidence, 1e-10, 1e-10, "one kernel");
            Close.Assert(oneSeries.LogEvidence[i], Of(heights[i], Counts, 2.0).LogEvidence, 1e-10, 1e-10, "one series");
        }
        GradientCheck.Verify(v => Of(v[0], counts, v[1].Unsqueeze(-1)).LogEvidence, [heights, concentrations], 1e-6, 1e-7);
    }

    [Fact]
    public void A_mode_that_is_not_found_is_refused()
    {
        GaussianProcess process = new(100 * new Rbf(0.7), X);
        Assert.Contains("not found in 1 "
            + "steps", Assert.Throws<ArgumentException>(() => process.Laplace(LatentLikelihood.Poisson, Counts, steps: 1)).Message);
    }
}
