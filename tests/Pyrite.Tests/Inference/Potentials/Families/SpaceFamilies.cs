namespace Pyrite.Tests.Families;

/// <summary>Latents that are hard for a sampler's space: angles and directions, densities that are infinite at a border, tails without a mean, and
/// supports of combinators.</summary>
internal static class SpaceFamilies
{
    private static readonly Tensor Pair = Tensor.From([0.4, 0.6]);
    private static readonly Tensor Identity = Tensor.From(new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } });

    public static readonly Dictionary<string, Func<Distribution>> All = new()
    {
        ["an angle around ±π"] = () => new VonMises(3.1, 4),
        ["a narrow angle"] = () => new VonMises(-3.0, 500),
        ["an angle of any direction"] = () => new VonMises(1, 1e-3),
        ["a vector of angles"] = () => new VonMises(Tensor.From([3.1, 0, -2]), 2).ToEvent(1),
        ["a mixture of angles"] = () => new Mixture(new Categorical(Pair), new VonMises(3, 4), new VonMises(-1.5, 2)),
        ["a mixture of angles of one family"] =
            () => new MixtureSameFamily(new Categorical(Pair), new VonMises(Tensor.From([3.0, -1.5]), Tensor.From([4.0, 2]))),
        ["an angle among outliers"] = () => new Mixture(new Categorical(Pair), new VonMises(3, 4), new Uniform(-Math.PI, Math.PI)),
        ["an angle in degrees"] = () => new TransformedDistribution(new VonMises(3, 2), new AffineTransform(10, 180 / Math.PI)),
        ["an angle turned back"] = () => new TransformedDistribution(new VonMises(3, 2), new AffineTransform(0, -1)),
        ["an angle through a tangent"] = () => new TransformedDistribution(new VonMises(3, 2), new TanhTransform()),
        ["a truncated angle"] = () => new Truncated(new VonMises(3, 2), low: 1),
        ["an angle truncated above"] = () => new Truncated(new VonMises(3, 2), high: 2.5),
        ["an angle truncated past π"] = () => new Truncated(new VonMises(3, 2), low: 1, high: 5),
        ["a truncated angle in degrees"] =
            () => new Truncated(new TransformedDistribution(new VonMises(3, 2), new AffineTransform(10, 180 / Math.PI)), low: 50),
        ["a folded angle"] = () => new Folded(new VonMises(2.5, 2)),
        ["a folded angle in degrees"] = () => new Folded(new TransformedDistribution(new VonMises(3, 1), new AffineTransform(10, 180 / Math.PI))),
        ["a circular family of one's own"] = () => new WrappedCauchy(3, 0.6, Constraints.Angle),
        ["a circular family of one's own on the reals"] = () => new WrappedCauchy(3, 0.6, Constraints.Real),
        ["a direction of the plane"] = () => new ProjectedNormal(Tensor.From([0.0, 2])),
        ["any direction of the plane"] = () => new ProjectedNormal(Tensor.Zeros([2], DType.Float64)),
        ["a direction around the pole of the chart"] = () => new ProjectedNormal(Tensor.From([0.0, 0, 4])),
        ["a direction of ten dimensions"] = () => new ProjectedNormal(Tensor.From([0.0, 0, 0, 0, 0, 0, 0, 0, 1, 3])),
        ["two directions"] = () => new ProjectedNormal(Tensor.From(new double[,] { { 0, 0, 2 }, { 1, -1, 0 } })).ToEvent(1),
        ["a mixture of directions"] =
            () => new Mixture(new Categorical(Pair), new ProjectedNormal(Tensor.From([0.0, 1, 1])), new ProjectedNormal(Tensor.From([1.0, -1, 0]))),
        ["a mixture of directions of one family"] =
            () => new MixtureSameFamily(new Categorical(Pair), new ProjectedNormal(Tensor.From(new double[,] { { 0, 1, 1 }, { 1, -1, 0 } }))),
        ["a direction by a chart"] =
            () => new TransformedDistribution(new Normal(Tensor.Zeros([2], DType.Float64), 0.8).ToEvent(1), new StereographicTransform()),
        ["a stretched direction"] = () => new TransformedDistribution(new ProjectedNormal(Tensor.From([1.0, 0, 1])), new AffineTransform(1, 2)),

        ["Beta infinite at both ends"] = () => new Beta(0.5, 0.5),
        ["Beta infinite at one end"] = () => new Beta(0.1, 2),
        ["Kumaraswamy infinite at both ends"] = () => new Kumaraswamy(0.4, 0.4),
        ["Gamma infinite at zero"] = () => new Gamma(0.3, 1),
        ["Gamma of a tiny shape"] = () => new Gamma(0.05, 1),
        ["Chi2 of one degree"] = () => new Chi2(1),
        ["Weibull infinite at zero"] = () => new Weibull(1, 0.4),
        ["FisherSnedecor of few degrees"] = () => new FisherSnedecor(1, 1),
        ["BetaProportion infinite at both ends"] = () => new BetaProportion(0.5, 0.5),
        ["Dirichlet infinite at the faces"] = () => new Dirichlet(Tensor.From([0.3, 0.3, 0.3, 0.3])),
        ["Triangular with a peak at the end"] = () => new Triangular(0, 2, 2),
        ["RelaxedBernoulli, almost hard"] = () => new RelaxedBernoulli(0.5, probs: 0.4),
        ["RelaxedOneHotCategorical, almost hard"] = () => new RelaxedOneHotCategorical(0.4, probs: Tensor.From([0.2, 0.5, 0.3])),
        ["ContinuousBernoulli, flat"] = () => new ContinuousBernoulli(0.5),

        ["Cauchy around a point far away"] = () => new Cauchy(100, 1),
        ["StudentT of one degree"] = () => new StudentT(1, 0, 1),
        ["HalfStudentT of half a degree"] = () => new HalfStudentT(0.5, 1),
        ["Pareto without a mean"] = () => new Pareto(2, 0.7),
        ["Lomax without a mean"] = () => new Lomax(2, 0.7),
        ["InverseGamma without a mean"] = () => new InverseGamma(0.5, 1),
        ["LogLogistic without a mean"] = () => new LogLogistic(1, 0.8),
        ["LogUniform over many powers"] = () => new LogUniform(1e-3, 1e3),
        ["MultivariateStudentT of one degree"] =
            () => new MultivariateStudentT(1, Tensor.From([0.0, 1]), Tensor.From(new double[,] { { 1, 0 }, { 0.5, 1 } })),

        ["TruncatedNormal above"] = () => new TruncatedNormal(0, 1, low: 3),
        ["TruncatedNormal below"] = () => new TruncatedNormal(0, 1, high: -2),
        ["TruncatedCauchy above"] = () => new TruncatedCauchy(0, 1, low: 1),
        ["TruncatedCauchy below"] = () => new TruncatedCauchy(0, 1, high: -1),
        ["Truncated Gamma, bounds outside of its support"] = () => new Truncated(new Gamma(2, 1), low: -1, high: 3),
        ["Truncated Gamma, a tensor as a bound outside"] =
            () => new Truncated(new Gamma(2, 1), low: Tensor.From([-1.0]).Reshape(Shape.Scalar), high: 3),
        ["Truncated StudentT in the tail"] = () => new Truncated(new StudentT(2, 0, 1), low: 10),
        ["Folded Uniform"] = () => new Folded(new Uniform(-1, 2)),
        ["Folded Cauchy"] = () => new Folded(new Cauchy(0.5, 1)),
        ["a mixture of intervals"] = () => new Mixture(new Categorical(Pair), new Uniform(0, 1), new Uniform(0.5, 3)),
        ["a mixture of intervals of one family"] =
            () => new MixtureSameFamily(new Categorical(Pair), new Uniform(Tensor.From([0.0, 0.5]), Tensor.From([1.0, 3]))),
        ["a mixture of boxes"] =
            () =>
                new Mixture(new Categorical(Pair), new Uniform(Tensor.From([0.0, 0]), 1).ToEvent(1),
                new Uniform(Tensor.From([0.5, 0.2]), 2).ToEvent(1)),
        ["a mixture of positive and real numbers"] = () => new Mixture(new Categorical(Pair), new Exponential(1), new Normal(0, 1)),
        ["a mixture of stretched Betas"] =
            () =>
                new Mixture(new Categorical(Pair), new TransformedDistribution(new Beta(2, 2), new AffineTransform(0, 2)),
                new TransformedDistribution(new Beta(3, 2), new AffineTransform(0, 2.5))),
        ["a mixture of vectors"] =
            () => new MixtureSameFamily(new Categorical(Pair), new Normal(Tensor.From(new double[,] { { 0, 0 }, { 1, 2 } }), 1).ToEvent(1)),
        ["a mixture of shifted Normals"] =
            () =>
                new MixtureSameFamily(new Categorical(Pair),
                new TransformedDistribution(new Normal(Tensor.From([0.0, 0]), 1), new AffineTransform(Tensor.From([0.0, 2]), Tensor.From([1.0, 2])))),
        ["a mixture of simplexes"] =
            () => new Mixture(new Categorical(Pair), new Dirichlet(Tensor.From([2.0, 1, 1])), new Dirichlet(Tensor.From([1.0, 3, 2]))),
        ["a Beta stretched and turned"] = () => new TransformedDistribution(new Beta(2, 0.7), new AffineTransform(3, -2)),
        ["a power of an Exponential"] = () => new TransformedDistribution(new Exponential(1), new PowerTransform(3)),
        ["a softplus of a StudentT"] = () => new TransformedDistribution(new StudentT(3, 0, 1), new SoftplusTransform()),
        ["an ordered vector"] = () => new TransformedDistribution(new Normal(Tensor.From([0.0, 0, 0]), 1).ToEvent(1), new OrderedTransform()),
        ["a positive ordered vector"] =
            () => new TransformedDistribution(new Normal(Tensor.From([0.0, 0, 0]), 0.6).ToEvent(1), new PositiveOrderedTransform()),

        ["LKJ of one correlation"] = () => new LKJ(2, 0.5),
        ["LKJ of ten correlations"] = () => new LKJ(5, 0.8),
        ["LKJCholesky of ten correlations"] = () => new LKJCholesky(5, 3),
        ["Wishart of few degrees"] = () => new Wishart(3.2, scaleTril: Identity),
        ["InverseWishart of few degrees"] = () => new InverseWishart(3.2, scaleTril: Identity),
        ["a single zero sum"] = () => new ZeroSumNormal(1, 2),
    };

    /// <summary>Latents of which some values have a probability of their own, or whose support no map reaches; the words of their refusal.</summary>
    public static readonly Dictionary<string, (Func<Distribution> Family, string Words)> Refused = new()
    {
        ["Delta"] = (() => new Delta(1.0), "gives one point all probability"),
        ["Delta of a vector"] = (() => new Delta(Tensor.From([0.5, -1]), eventDim: 1), "use Deterministic"),
        ["Empirical"] = (() => new Empirical(Tensor.From([1.0, 2, 5])), "gives each stored value a probability"),
        ["Censored"] = (() => new Censored(new Normal(0, 1), high: 1), "gives its limits probabilities of their own"),
        ["IntervalCensored"] = (() => new IntervalCensored(new Normal(0, 1), Tensor.From([-1.0, 0, 1])), "gives each interval a probability"),
        ["a vector of Censored"] = (() => new Censored(new Normal(Tensor.Zeros(3), 1), low: -1).ToEvent(1), "gives its limits"),
        ["a transformed Censored"] =
            (() => new TransformedDistribution(new Censored(new Normal(0, 1), low: -1), new ExpTransform()), "gives its limits"),
        ["a truncated Empirical"] = (() => new Truncated(new Empirical(Tensor.From([1.0, 2, 5])), low: 1.5), "gives each stored value"),
        ["a mixture with a point"] = (() => new Mixture(new Categorical(Pair), new Normal(0, 1), new Delta(0.0)), "gives one point"),
        ["a mixture of an angle and a number"] =
            (() => new Mixture(new Categorical(Pair), new VonMises(0, 1), new Normal(0, 1)), "sites of their own"),
        ["a mixture of differently stretched simplexes"] =
            (() =>
                new Mixture(new Categorical(Pair), new TransformedDistribution(new Dirichlet(Tensor.From([2.0, 2])), new AffineTransform(0, 2)),
                new TransformedDistribution(new Dirichlet(Tensor.From([2.0, 2])), new AffineTransform(0, 3))), "sites of their own"),
        ["a transformed mask"] =
            (() => new TransformedDistribution(new Normal(Tensor.Zeros(2), 1).Mask(Tensor.From([true, false])), new ExpTransform()),
                "Mask TransformedDistribution itself"),
    };
}
