
namespace Pyrite.Conformance;

/// <summary>One ordinary member of every family of real numbers; a family passes the shared suite by being listed.</summary>
/// <remarks>Parameters stand away from kinks and are tensors, so that gradients reach them.</remarks>
internal static class RealFamilies
{
    public static readonly Dictionary<string, Family> All = new()
    {
        ["Normal"] = Of([0.3, 1.7], (p, v) => new Normal(p[0], p[1], validate: v)),
        ["HalfNormal"] = Of([1.4], (p, v) => new HalfNormal(p[0], validate: v)),
        ["LogNormal"] = Of([0.2, 0.6], (p, v) => new LogNormal(p[0], p[1], validate: v)),
        ["TruncatedNormal"] = Of([0.3, 1.2, -0.5, 2.1], (p, v) => new TruncatedNormal(p[0], p[1], p[2], p[3], validate: v)),
        ["FoldedNormal"] = Of([0.7, 1.1], (p, v) => new FoldedNormal(p[0], p[1], validate: v)),
        ["SkewNormal"] = Of([0.3, 1.2, 2.0], (p, v) => new SkewNormal(p[0], p[1], p[2], validate: v)),
        ["Cauchy"] = Of([0.3, 0.9], (p, v) => new Cauchy(p[0], p[1], validate: v)),
        ["HalfCauchy"] = Of([0.9], (p, v) => new HalfCauchy(p[0], validate: v)),
        ["TruncatedCauchy"] = Of([0.3, 0.9, -1.0, 2.0], (p, v) => new TruncatedCauchy(p[0], p[1], p[2], p[3], validate: v)),
        ["StudentT"] = Of([5.5, 0.2, 1.1], (p, v) => new StudentT(p[0], p[1], p[2], validate: v)),
        ["HalfStudentT"] = Of([5.5, 1.1], (p, v) => new HalfStudentT(p[0], p[1], validate: v)),
        ["Laplace"] = Of([0.1, 1.3], (p, v) => new Laplace(p[0], p[1], validate: v)),
        ["AsymmetricLaplace"] = Of([0.1, 1.3, 0.7], (p, v) => new AsymmetricLaplace(p[0], p[1], p[2], validate: v)),
        ["SoftLaplace"] = Of([0.1, 1.3], (p, v) => new SoftLaplace(p[0], p[1], validate: v)),
        ["Logistic"] = Of([0.1, 1.3], (p, v) => new Logistic(p[0], p[1], validate: v)),
        ["LogLogistic"] = Of([1.2, 3.5], (p, v) => new LogLogistic(p[0], p[1], validate: v)),
        ["Gumbel"] = Of([0.1, 1.3], (p, v) => new Gumbel(p[0], p[1], validate: v)),
        ["Exponential"] = Of([1.6], (p, v) => new Exponential(p[0], validate: v)),
        ["Gamma"] = Of([2.3, 1.4], (p, v) => new Gamma(p[0], p[1], validate: v)),
        ["Gamma of a small shape"] = Of([0.6, 1.4], (p, v) => new Gamma(p[0], p[1], validate: v)),
        ["InverseGamma"] = Of([6.0, 2.5], (p, v) => new InverseGamma(p[0], p[1], validate: v)),
        ["Chi2"] = Of([4.5], (p, v) => new Chi2(p[0], validate: v)),
        ["Weibull"] = Of([1.3, 1.8], (p, v) => new Weibull(p[0], p[1], validate: v)),
        ["Pareto"] = Of([1.2, 6.0], (p, v) => new Pareto(p[0], p[1], validate: v)),
        ["Lomax"] = Of([1.2, 6.0], (p, v) => new Lomax(p[0], p[1], validate: v)),
        ["Beta"] = Of([2.2, 3.1], (p, v) => new Beta(p[0], p[1], validate: v)),
        ["BetaProportion"] = Of([0.4, 6.0], (p, v) => new BetaProportion(p[0], p[1], validate: v)),
        ["Kumaraswamy"] = Of([2.2, 3.1], (p, v) => new Kumaraswamy(p[0], p[1], validate: v)),
        ["Uniform"] = Of([-0.7, 1.9], (p, v) => new Uniform(p[0], p[1], validate: v)),
        ["LogUniform"] = Of([0.5, 4.0], (p, v) => new LogUniform(p[0], p[1], validate: v)),
        ["Triangular"] = Of([-1.0, 2.0, 0.5], (p, v) => new Triangular(p[0], p[1], p[2], validate: v)),
        ["FisherSnedecor"] = Of([5.0, 12.0], (p, v) => new FisherSnedecor(p[0], p[1], validate: v)),
        ["Levy"] = Of([0.5, 1.2], (p, v) => new Levy(p[0], p[1], validate: v)),
        ["Gompertz"] = Of([0.6, 1.1], (p, v) => new Gompertz(p[0], p[1], validate: v)),
        ["InverseGaussian"] = Of([1.3, 2.5], (p, v) => new InverseGaussian(p[0], p[1], validate: v)),
        ["ContinuousBernoulli"] = Of([0.25], (p, v) => new ContinuousBernoulli(p[0], validate: v)),
        ["Truncated"] = Of([2.3, 1.4, 0.5, 3.0], (p, v) => new Truncated(new Gamma(p[0], p[1], v), p[2], p[3])),
        ["VonMises"] = Of([0.6, 2.5], (p, v) => new VonMises(p[0], p[1], validate: v)),
        ["VonMises of a small concentration"] = Of([-2.8, 0.4], (p, v) => new VonMises(p[0], p[1], validate: v)),
        ["RelaxedBernoulli"] = Of([0.7, 0.4], (p, v) => new RelaxedBernoulli(p[0], logits: p[1], validate: v)),
        ["Folded"] = Of([0.7, 1.1], (p, v) => new Folded(new Logistic(p[0], p[1], v))),
        ["TransformedDistribution"] =
            Of([0.7, 0.3], (p, v) => new TransformedDistribution(new Normal(p[0], p[1], v), new ExpTransform(), new AffineTransform(1, -2))),
        ["MixtureSameFamily"] =
            Of([0.3, -0.5, -1, 1.5, 0.6, 1.1],
                (p, v) =>
                    new MixtureSameFamily(new Categorical(logits: Tensor.Stack([p[0], p[1]], -1)),
                    new Normal(Tensor.Stack([p[2], p[3]], -1), Tensor.Stack([p[4], p[5]], -1), v), v)),
        ["Mixture"] =
            Of([0.3, -0.5, -1, 1.5, 0.6, 1.1],
                (p, v) =>
                    new Mixture(new Categorical(logits: Tensor.Stack([p[0], p[1]], -1)), new Normal(p[2], p[4], v), new Logistic(p[3], p[5], v))),
    };

    private static Family Of(double[] parameters, Func<Tensor[], bool, Distribution> make) =>
        new([.. parameters.Select(p => Tensor.Full(Shape.Scalar, p, DType.Float64))], make);
}
