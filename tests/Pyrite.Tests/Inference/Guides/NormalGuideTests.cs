using static Pyrite.Primitives;

namespace Pyrite.Tests;

[Trait("Once", "Cultures")]
public sealed class NormalGuideTests
{
    [Fact]
    public void AutoMultivariateNormal_reaches_the_posterior_and_minus_the_log_evidence()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoMultivariateNormal<Tensor> guide = new(GaussianChain.Model);
        Svi<Tensor> svi = GaussianChain.Fit(GaussianChain.Model, guide, 1.0, 2500);
        Assert.Equal(GaussianChain.MinusLogEvidence, GaussianChain.Loss(svi, 1.0), 0.01);
        AssertChain(guide.FreeMean(svi.Parameters), guide.FreeCovariance(svi.Parameters), 0.03);
        Assert.Equal(["x1", "x2", "x3"], guide.Coordinates);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void AutoLowRankMultivariateNormal_of_sufficient_rank_reaches_minus_the_log_evidence()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoLowRankMultivariateNormal<Tensor> guide = new(GaussianChain.Model, rank: 3);
        Svi<Tensor> svi = GaussianChain.Fit(GaussianChain.Model, guide, 1.0, 1500);
        Assert.Equal(GaussianChain.MinusLogEvidence, GaussianChain.Loss(svi, 1.0), 0.02);
        AssertChain(guide.FreeMean(svi.Parameters), guide.FreeCovariance(svi.Parameters), 0.06);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Independent_Normals_reach_the_means_and_the_inverse_diagonal_of_the_precision(bool joint)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoGuide<Tensor> guide = joint ? new AutoDiagonalNormal<Tensor>(GaussianChain.Model) : new AutoNormal<Tensor>(GaussianChain.Model);
        Svi<Tensor> svi = GaussianChain.Fit(GaussianChain.Model, guide, 1.0, 1500);
        Assert.Equal(GaussianChain.MinusLogEvidence + GaussianChain.MeanFieldGap, GaussianChain.Loss(svi, 1.0, 4000), 0.03);
        IReadOnlyDictionary<string, Tensor> median = guide.Median(svi.Parameters), high = guide.Quantile(svi.Parameters, 0.975);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(GaussianChain.Means[i], median[$"x{i + 1}"].Item(), 0.03);
            Assert.Equal(GaussianChain.Means[i] + (1.959964 * Math.Sqrt(0.5)), high[$"x{i + 1}"].Item(), 0.06);
        }
    }

    [Fact]
    public void AutoLaplace_is_exact_for_a_Gaussian()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoMultivariateNormal<Tensor> guide = new AutoLaplace<Tensor>(GaussianChain.Model).Approximate(1.0);
        AssertChain(guide.FreeMean(null), guide.FreeCovariance(null), 1e-6);
        Svi<Tensor> svi = new(GaussianChain.Model, guide, new Adam(), new TraceElbo());
        Assert.Equal(GaussianChain.MinusLogEvidence, svi.Evaluate(1.0), 1e-6);
    }

    [Fact]
    public void AutoLaplace_goes_to_the_mode_of_the_logarithm_of_a_positive_number()
    {
        // Gamma(3, 2) prior, Poisson counts 4 and 7: posterior Gamma(14, 4); log rate has density ∝ r^14 e^(-4r), mode r = 14/4, curvature 14.
        AutoLaplace<Tensor> laplace = new(Counts);
        AutoMultivariateNormal<Tensor> guide = laplace.Approximate(Tensor.From([4.0, 7]));
        Assert.Equal(Math.Log(3.5), guide.FreeMean(null).Item(), 1e-6);
        Assert.Equal(1.0 / 14, guide.FreeCovariance(null).Item(), 1e-6);
        Assert.Equal(3.5, guide.Median(null)["rate"].Item(), 1e-5);
    }

    [Theory, InlineData(false, 13.0 / 4), InlineData(true, 14.0 / 4)]
    public void AutoDelta_goes_to_the_mode_without_and_with_the_Jacobian(bool withJacobian, double mode)
    {
        AutoDelta<Tensor> guide = new(Counts, withJacobian: withJacobian);
        Svi<Tensor> svi = GaussianChain.Fit(Counts, guide, Tensor.From([4.0, 7]), 800, particles: 1);
        Assert.Equal(mode, svi.Parameters["auto.rate"].Item(), 1e-3);
        Assert.Equal(mode, guide.Median(svi.Parameters)["rate"].Item(), 1e-3);
    }

    [Fact]
    public void AutoNormal_finds_a_Beta_posterior_nearly()
    {
        // Beta(10, 10) and six heads in ten: Beta(16, 14), mean 16/30 and standard deviation 0.0896.
        static void Model(Tensor x)
        {
            Tensor bias = Sample("bias", new Beta(10, 10));
            using (Plate("tosses", x.Shape[0]))
            {
                Sample("toss", new Bernoulli(bias), observed: x);
            }
        }

        AutoNormal<Tensor> guide = new(Model);
        Tensor tosses = Tensor.From([1f, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, tosses, 1000);
        Draws draws = guide.Draw(svi.Parameters, 4000);
        Assert.Equal(16.0 / 30, draws.Scalar("bias").Average(), 0.01);
        Assert.Equal(0.0896, GaussianChain.Spread(draws.Scalar("bias")), 0.006);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_Dirichlet_posterior_lies_on_the_simplex()
    {
        // Dirichlet(1, 1, 1) and counts 12, 6, 3: posterior means 13/24, 7/24 and 4/24.
        static void Model(Tensor x)
        {
            Tensor p = Sample("p", new Dirichlet(Tensor.Ones(3)));
            using (Plate("rows", x.Shape[0]))
            {
                Sample("x", new Categorical(p), observed: x);
            }
        }

        AutoMultivariateNormal<Tensor> guide = new(Model);
        Tensor data = Tensor.From([.. Enumerable.Repeat(0L, 12), .. Enumerable.Repeat(1L, 6), .. Enumerable.Repeat(2L, 3)]);
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, data, 800);
        Tensor draws = guide.Draw(svi.Parameters, 4000)["p"];
        Assert.Equal(1, draws.Sum(-1).Max().Item(), 1e-5);
        double[] means = draws.Mean(0).ToArray<double>();
        Assert.Equal(13.0 / 24, means[0], 0.02);
        Assert.Equal(7.0 / 24, means[1], 0.02);
        Assert.Equal(4.0 / 24, means[2], 0.02);
    }

    private static void Counts(Tensor x)
    {
        Tensor rate = Sample("rate", new Gamma(3, 2));
        using (Plate("rows", 2))
        {
            Sample("x", new Poisson(rate), observed: x);
        }
    }

    private static void AssertChain(Tensor mean, Tensor covariance, double tolerance)
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(GaussianChain.Means[i], mean[i].Item(), tolerance);
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(GaussianChain.Covariance[i, j], covariance[i, j].Item(), tolerance);
            }
        }
    }
}
