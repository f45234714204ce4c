namespace Pyrite.Conformance;

/// <summary>One ordinary member of every family of single numbers; a family passes the shared suite by being listed here.</summary>
internal static class ScalarFamilies
{
    /// <summary>Families of real numbers: parameters away from kinks, as tensors so that gradients reach them.</summary>
    public static readonly Dictionary<string, (double[] Parameters, Func<Tensor[], Distribution> Make)> Continuous = new()
    {
        ["Normal"] = ([0.3, 1.7], p => new Normal(p[0], p[1])),
        ["HalfNormal"] = ([1.4], p => new HalfNormal(p[0])),
        ["LogNormal"] = ([0.2, 0.6], p => new LogNormal(p[0], p[1])),
        ["TruncatedNormal"] = ([0.3, 1.2, -0.5, 2.1], p => new TruncatedNormal(p[0], p[1], p[2], p[3])),
        ["FoldedNormal"] = ([0.7, 1.1], p => new FoldedNormal(p[0], p[1])),
        ["SkewNormal"] = ([0.3, 1.2, 2.0], p => new SkewNormal(p[0], p[1], p[2])),
        ["Cauchy"] = ([0.3, 0.9], p => new Cauchy(p[0], p[1])),
        ["HalfCauchy"] = ([0.9], p => new HalfCauchy(p[0])),
        ["TruncatedCauchy"] = ([0.3, 0.9, -1.0, 2.0], p => new TruncatedCauchy(p[0], p[1], p[2], p[3])),
        ["StudentT"] = ([5.5, 0.2, 1.1], p => new StudentT(p[0], p[1], p[2])),
        ["HalfStudentT"] = ([5.5, 1.1], p => new HalfStudentT(p[0], p[1])),
        ["Laplace"] = ([0.1, 1.3], p => new Laplace(p[0], p[1])),
        ["AsymmetricLaplace"] = ([0.1, 1.3, 0.7], p => new AsymmetricLaplace(p[0], p[1], p[2])),
        ["SoftLaplace"] = ([0.1, 1.3], p => new SoftLaplace(p[0], p[1])),
        ["Logistic"] = ([0.1, 1.3], p => new Logistic(p[0], p[1])),
        ["LogLogistic"] = ([1.2, 3.5], p => new LogLogistic(p[0], p[1])),
        ["Gumbel"] = ([0.1, 1.3], p => new Gumbel(p[0], p[1])),
        ["Exponential"] = ([1.6], p => new Exponential(p[0])),
        ["Gamma"] = ([2.3, 1.4], p => new Gamma(p[0], p[1])),
        ["Gamma of a small shape"] = ([0.6, 1.4], p => new Gamma(p[0], p[1])),
        ["InverseGamma"] = ([6.0, 2.5], p => new InverseGamma(p[0], p[1])),
        ["Chi2"] = ([4.5], p => new Chi2(p[0])),
        ["Weibull"] = ([1.3, 1.8], p => new Weibull(p[0], p[1])),
        ["Pareto"] = ([1.2, 6.0], p => new Pareto(p[0], p[1])),
        ["Lomax"] = ([1.2, 6.0], p => new Lomax(p[0], p[1])),
        ["Beta"] = ([2.2, 3.1], p => new Beta(p[0], p[1])),
        ["BetaProportion"] = ([0.4, 6.0], p => new BetaProportion(p[0], p[1])),
        ["Kumaraswamy"] = ([2.2, 3.1], p => new Kumaraswamy(p[0], p[1])),
        ["Uniform"] = ([-0.7, 1.9], p => new Uniform(p[0], p[1])),
        ["LogUniform"] = ([0.5, 4.0], p => new LogUniform(p[0], p[1])),
        ["Triangular"] = ([-1.0, 2.0, 0.5], p => new Triangular(p[0], p[1], p[2])),
        ["FisherSnedecor"] = ([5.0, 12.0], p => new FisherSnedecor(p[0], p[1])),
        ["Levy"] = ([0.5, 1.2], p => new Levy(p[0], p[1])),
        ["Gompertz"] = ([0.6, 1.1], p => new Gompertz(p[0], p[1])),
        ["InverseGaussian"] = ([1.3, 2.5], p => new InverseGaussian(p[0], p[1])),
        ["ContinuousBernoulli"] = ([0.25], p => new ContinuousBernoulli(p[0])),
        ["Truncated"] = ([2.3, 1.4, 0.5, 3.0], p => new Truncated(new Gamma(p[0], p[1]), p[2], p[3])),
    };

    /// <summary>Families of counts.</summary>
    public static readonly Dictionary<string, Func<Distribution>> Discrete = new()
    {
        ["Bernoulli"] = () => new Bernoulli(0.35),
        ["Binomial"] = () => new Binomial(12, 0.35),
        ["Binomial of many trials"] = () => new Binomial(300, 0.2),
        ["BetaBinomial"] = () => new BetaBinomial(2.0, 3.0, 12),
        ["Geometric"] = () => new Geometric(0.35),
        ["NegativeBinomial"] = () => new NegativeBinomial(3.5, 0.45),
        ["NegativeBinomial2"] = () => new NegativeBinomial2(4.0, 2.5),
        ["GammaPoisson"] = () => new GammaPoisson(2.1, 0.7),
        ["Poisson"] = () => new Poisson(3.7),
        ["Poisson of a large rate"] = () => new Poisson(60),
        ["ZeroInflatedPoisson"] = () => new ZeroInflatedPoisson(3.0, gate: 0.3),
        ["Hurdle"] = () => new Hurdle(new Poisson(2.0), gate: 0.3),
        ["DiscreteUniform"] = () => new DiscreteUniform(-2, 5),
        ["Categorical"] = () => new Categorical(Tensor.From([0.2, 0.5, 0.3])),
        ["OrderedLogistic"] = () => new OrderedLogistic(0.3, Tensor.From([-1.0, 0.5, 2])),
    };
}
