
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Where automatic guides start unless told otherwise.</summary>
public sealed class PriorMedianTests
{
    private static readonly Tensor Rows = RandomKey.FromSeed(4).Normal([200, 2], DType.Float64);
    private static readonly Tensor Far = 120.0 + (6.0 * RandomKey.FromSeed(5).Normal([200], DType.Float64));

    /// <summary>Families and their medians; means or modes where the median says little.</summary>
    public static TheoryData<string, double> Numbers => new()
    {
        { "Normal", 120 },                       // the mean
        { "HalfCauchy", 3 },                     // tan(pi/4) times the scale
        { "Exponential", 0.34657359027997264 },  // log 2 / 2
        { "Beta", 0.2644499832956654 },          // scipy.stats.beta(2, 5).median()
        { "Cauchy", -4 },
        { "Uniform", 5 },
        { "LogNormal", 20.085536923187668 },     // e^3
        { "vague Gamma", 1 },                    // median 5e-298: the mean
        { "vague InverseGamma", 9.99000999e-4 }, // the mode, 0.001/1.001: there is no mean
        { "flat", 0 },
        { "flat and positive", 1 },
        { "StudentT", 7 },
        { "expanded", 2 },
        { "event", 3 },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_start_at_the_median_of_their_prior(string name, double expected)
    {
        Distribution prior = name switch
        {
            "Normal" => new Normal(120, 50),
            "HalfCauchy" => new HalfCauchy(3),
            "Exponential" => new Exponential(2),
            "Beta" => new Beta(2, 5),
            "Cauchy" => new Cauchy(-4, 9),
            "Uniform" => new Uniform(3, 7),
            "LogNormal" => new LogNormal(3, 2),
            "vague Gamma" => new Gamma(0.001, 0.001),
            "vague InverseGamma" => new InverseGamma(0.001, 0.001),
            "flat" => new ImproperUniform(Constraints.Real),
            "flat and positive" => new ImproperUniform(Constraints.Positive),
            "StudentT" => new StudentT(1, 7, 5),
            "expanded" => new Normal(2, 1).Expand([3]).ToEvent(1),
            _ => new Normal(Tensor.Full([2, 3], 3.0), 1).ToEvent(2),
        };
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoDelta<int> guide = new(_ => Sample("z", prior));
        guide.Run(0);
        Assert.All(guide.Median(null)["z"].ToArray<double>(), value => Assert.Equal(expected, value, Math.Abs(expected) * 1e-6));
    }

    public static TheoryData<string> Arrays =>
        ["Dirichlet", "sparse Dirichlet", "MultivariateNormal", "LKJ", "LKJCholesky", "Wishart", "LogisticNormal", "ordered", "ZeroSum", "walk",
            "mixture", "funnel"];

    [Theory]
    [MemberData(nameof(Arrays))]
    public void Vectors_and_matrices_start_where_the_prior_is_finite(string name)
    {
        Tensor three = Tensor.From([1.0, 2.0, 3.0]);
        Distribution prior = name switch
        {
            "Dirichlet" => new Dirichlet(three),
            "sparse Dirichlet" => new Dirichlet(0.01 * three),
            "MultivariateNormal" => new MultivariateNormal(three, scaleTril: Tensor.Identity(3)),
            "LKJ" => new LKJ(3, 2),
            "LKJCholesky" => new LKJCholesky(3, 2),
            "Wishart" => new Wishart(4, covarianceMatrix: Tensor.Identity(3)),
            "LogisticNormal" => new LogisticNormal(three, 1),
            "ordered" => new TransformedDistribution(new Normal(three, 1).ToEvent(1), new OrderedTransform()),
            "ZeroSum" => new ZeroSumNormal(1, 3),
            "walk" => new GaussianRandomWalk(1, 5),
            "mixture" => new MixtureSameFamily(new Categorical(three / 6), new Normal(three, 1)),
            _ => new Normal(Tensor.Zeros(3), Tensor.From([1e-3, 1.0, 1e3])).ToEvent(1),
        };
        AutoDelta<int> guide = new(_ => Sample("z", prior));
        guide.Run(0);
        Tensor start = guide.Median(null)["z"];
        Assert.True(double.IsFinite(prior.LogProb(start.To(prior.DType)).Item()), $"{start}");
        double[]? expected = name switch
        {
            "Dirichlet" or "sparse Dirichlet" => [1 / 6.0, 2 / 6.0, 3 / 6.0],
            "MultivariateNormal" => [1, 2, 3],
            "Wishart" => [4, 0, 0, 0, 4, 0, 0, 0, 4],
            "ZeroSum" or "funnel" => [0, 0, 0],
            _ => null,
        };
        Assert.All((expected ?? []).Zip(start.ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void A_site_starts_in_the_middle_of_its_prior_given_those_before()
    {
        static void Model(int data) => Sample("b", new Normal(Sample("a", new Normal(40, 1)), 1));
        AutoNormal<int> guide = new(Model);
        guide.Run(0);
        Assert.Equal(40, guide.Median(null)["b"].Item(), 1e-4);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("diagonal")]
    [InlineData("multivariate")]
    [InlineData("low rank")]
    [Trait("Once", "Cultures")]
    public void A_regression_far_from_zero_is_fitted_from_the_default_start(string name)
    {
        AutoGuide<Tensor> guide = name switch
        {
            "normal" => new AutoNormal<Tensor>(Regression),
            "diagonal" => new AutoDiagonalNormal<Tensor>(Regression),
            "multivariate" => new AutoMultivariateNormal<Tensor>(Regression),
            _ => new AutoLowRankMultivariateNormal<Tensor>(Regression),
        };
        Svi<Tensor> svi = new(Regression, guide, new Adam(learningRate: 0.02), new TraceElbo());
        svi.Run(Far, 1_500);
        // The mean of 200 rows has a standard error of 6/sqrt(200) = 0.42; slopes that are not there shift it little.
        Assert.Equal(Far.Mean().Item(), guide.Median(svi.Parameters)["intercept"].Item(), 0.7);
    }

    [Fact]
    public void A_fit_that_is_not_done_says_so()
    {
        AutoNormal<Tensor> guide = new(Regression, GuideStart.Feasible);
        Svi<Tensor> svi = new(Regression, guide, new Adam(learningRate: 0.005), new TraceElbo());
        SviResult result = svi.Run(Far, 600);
        Assert.Equal(SviStopReason.Completed, result.StopReason);
        Assert.True(result.IsStillFalling);
        Assert.Contains("still falling steadily", Assert.Single(result.Advice));
        Assert.Contains("still falling steadily", result.ToString());
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void A_fit_that_is_done_has_no_advice(ulong seed)
    {
        static void Model(Tensor y) => Sample("y", new Normal(Sample("m", new Normal(0, 1)), 1), observed: y);
        Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(learningRate: 0.01), new TraceElbo(), seed);
        svi.Run(1.0, 2_000);
        SviResult result = svi.Run(1.0, 1_000);
        Assert.False(result.IsStillFalling, result.ToString());
        Assert.Empty(result.Advice);
        Assert.DoesNotContain("falling", result.ToString());
    }

    private static void Regression(Tensor y)
    {
        Tensor intercept = Sample("intercept", new Normal(120, 50)), slopes = Sample("slopes", new Normal(Tensor.Zeros(2), 1).ToEvent(1)),
            sigma = Sample("sigma", new HalfCauchy(5));
        using (Plate("rows", 200))
        {
            Sample("y", new Normal(intercept + Rows.To(slopes.DType).MatMul(slopes), sigma), observed: y);
        }
    }
}
