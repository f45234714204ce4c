using static Pyrite.Primitives;
using static Pyrite.Tests.Models.ModelCase;

namespace Pyrite.Tests.Models;

/// <summary>Families of guides for sites of other families: on the support, on a part of it, or outside.</summary>
internal static class SupportModels
{
    private static Tensor Three => Tensor.Ones(3);
    private static Tensor Identity => Tensor.Identity(2);

    public static IEnumerable<ModelCase> Cases =>
    [
        .. Valid("LogNormal for HalfNormal", () => new HalfNormal(1), a => new LogNormal(a, 1)),
        .. Valid("Gamma for LogNormal", () => new LogNormal(0, 1), a => new Gamma(2 + a, 1)),
        .. Valid("Beta for Uniform", () => new Uniform(0, 1), a => new Beta(2 + a, 2)),
        .. Valid("Kumaraswamy for Beta", () => new Beta(2, 2), a => new Kumaraswamy(2 + a, 2)),
        .. Valid("an interval inside the interval", () => new Uniform(0, 10), a => new Uniform(a + 1, 9)),
        .. Valid("a part of the reals", () => new Normal(0, 1), a => new LogNormal(a, 1)),
        .. Valid("a truncated family on its interval", () => new TruncatedNormal(0, 1, low: -1, high: 2),
            a => new TruncatedNormal(a, 2, low: -1, high: 2)),
        .. Valid("joint for independent numbers", () => new Normal(Tensor.Zeros(2), 1).ToEvent(1),
            a => new MultivariateNormal(a + Tensor.Zeros(2), scaleTril: Identity)),
        .. Valid("independent for joint numbers", () => new MultivariateNormal(Tensor.Zeros(2), scaleTril: Identity),
            a => new Normal(a + Tensor.Zeros(2), 1).ToEvent(1)),
        .. Valid("low rank for independent numbers", () => new StudentT(5, Tensor.Zeros(2), 1).ToEvent(1),
            a => new LowRankMultivariateNormal(a + Tensor.Zeros(2), Tensor.Ones(2, 1), Tensor.Ones(2))),
        .. Valid("a transformed Normal for Gamma", () => new Gamma(2, 1), a => new TransformedDistribution(new Normal(a, 1), new ExpTransform())),
        .. Valid("a transformed Normal for Beta", () => new Beta(2, 1), a => new TransformedDistribution(new Normal(a, 1), new SigmoidTransform())),
        .. Valid("a shifted transform for an interval", () => new Uniform(2, 5),
            a => new TransformedDistribution(new Normal(a, 1), new SigmoidTransform(), new AffineTransform(2, 3))),
        .. Valid("stick breaking for Dirichlet", () => new Dirichlet(Three),
            a => new TransformedDistribution(new Normal(a + Tensor.Zeros(2), 1).ToEvent(1), new StickBreakingTransform())),
        .. Valid("Dirichlet for Dirichlet", () => new Dirichlet(Three), a => new Dirichlet(Three * a.Exp())),
        .. Valid("ordered for ordered", () => Ordered(0), a => Ordered(a)),
        .. Valid("ordered for real vectors", () => new Normal(Three, 1).ToEvent(1), a => Ordered(a)),
        .. Valid("Wishart for InverseWishart", () => new InverseWishart(4, scaleMatrix: Identity),
            a => new Wishart(5 + a, covarianceMatrix: Identity)),
        .. Valid("LKJ factors", () => new LKJCholesky(3, 1), a => new LKJCholesky(3, 1 + a)),
        .. Valid("Delta for Beta", () => new Beta(2, 2), a => new Delta(0.5 + a)),
        .. Valid("Delta for Dirichlet", () => new Dirichlet(Three), a => new Delta((a + Three) / 3, eventDim: 1)),
        .. Valid("Delta for Poisson", () => new Poisson(3), a => new Delta(2 + a)),
        .. Valid("Binomial for Poisson", () => new Poisson(3), a => new Binomial(4, logits: a)),
        .. Valid("fewer categories", () => new Categorical(Three / 3), a => new Bernoulli(logits: a)),
        .. Valid("a straight-through coin", () => new Bernoulli(0.5), a => new RelaxedBernoulliStraightThrough(0.5, logits: a)),
        .. Valid("a mixture inside the support", () => new HalfNormal(1),
            a => new MixtureSameFamily(new Categorical(Tensor.Ones(2) / 2), new LogNormal(a + Tensor.Ones(2), 1))),

        Invalid("Normal for Beta", ["the guide's family draws outside", "Normal gives a number", "Beta", "between 0 and 1", "such as Beta"],
            () => new Beta(2, 2), a => new Normal(a, 1)),
        Invalid("Normal for HalfNormal", ["zero or positive", "LogNormal or Gamma"], () => new HalfNormal(1), a => new Normal(a, 1)),
        Invalid("LogNormal for Beta", ["between 0 and 1"], () => new Beta(2, 2), a => new LogNormal(a, 1)),
        Invalid("Normal for Uniform", ["between -1000000 and 1000000"], () => new Uniform(-1e6, 1e6), a => new Normal(a, 1)),
        Invalid("a wider interval", ["between 0 and 2", "between 0 and 1"], () => new Uniform(0, 1), a => new Uniform(0 * a, 2)),
        Invalid("an interval whose bound is learnt", ["\"z\"", "between 0 and 1"], () => new Uniform(0, 1), a => new Uniform(-1 - a.Exp(), 1)),
        Invalid("a longer tail", ["at least 2"], () => new Pareto(2, 1), a => new Pareto(1, 1 + a)),
        Invalid("Gamma for Dirichlet", ["3 free numbers", "has 2"], () => new Dirichlet(Three), a => new Gamma(Three + a, 1).ToEvent(1)),
        Invalid("Dirichlet for positive numbers", ["2 free numbers", "has 3"], () => new HalfNormal(Three).ToEvent(1), a => new Dirichlet(Three + a)),
        Invalid("Dirichlet for real vectors", ["2 free numbers", "has 3"], () => new Normal(Three, 1).ToEvent(1), a => new Dirichlet(Three + a)),
        Invalid("Normal for ordered vectors", ["outside"], () => Ordered(0), a => new Normal(Three + a, 1).ToEvent(1)),
        Invalid("Normal for unit vectors", ["\"z\""], () => new ProjectedNormal(Three), a => new Normal(Three + a, 1).ToEvent(1)),
        Invalid("lower factors for factors of correlations", ["\"z\""], () => new LKJCholesky(2, 1),
            a => new TransformedDistribution(new Normal(Tensor.Zeros(3) + a, 1).ToEvent(1), new LowerCholeskyTransform())),
        Invalid("Normal matrices for covariances", ["\"z\""], () => new InverseWishart(4, scaleMatrix: Identity),
            a => new Normal(Identity + a, 1).ToEvent(2)),
        Invalid("a transformed Normal that is too wide", ["outside"], () => new Beta(2, 1),
            a => new TransformedDistribution(new Normal(a, 1), new SigmoidTransform(), new AffineTransform(0, 2))),
        Invalid("a mixture outside the support", ["outside"], () => new HalfNormal(1),
            a => new MixtureSameFamily(new Categorical(Tensor.Ones(2) / 2), new Normal(a + Tensor.Ones(2), 1))),
        Invalid("Bernoulli for Normal", ["Bernoulli is discrete (0 or 1)", "Normal continuous", "such as Normal"], () => new Normal(0, 1),
            a => new Bernoulli(logits: a)),
        Invalid("Normal for Bernoulli", ["Normal is continuous", "Bernoulli discrete"], () => new Bernoulli(0.5), a => new Normal(a, 1)),
        Invalid("Gamma for Poisson", ["continuous", "discrete"], () => new Poisson(3), a => new Gamma(2 + a, 1)),
        Invalid("Poisson for Binomial", ["a whole number from 0 to 4"], () => new Binomial(4, 0.5), a => new Poisson(a.Exp())),
        Invalid("more categories", ["a whole number from 0 to 2"], () => new Categorical(Three / 3),
            a => new Categorical(logits: Tensor.Zeros(5) + a)),
        Invalid("one-hot vectors for counts", ["sum to 2"], () => new Multinomial(2, Three / 3),
            a => new OneHotCategorical(logits: Tensor.Zeros(3) + a)),
        .. Valid("von Mises for von Mises", () => new VonMises(0, 2), a => new VonMises(a, 1)),
        .. Valid("one turn for an angle", () => new VonMises(0, 2), a => new Uniform(a - 3, 3)),
        .. Valid("von Mises for a turned angle", () => new TransformedDistribution(new VonMises(0, 2), new AffineTransform(1, 1)),
            a => new TransformedDistribution(new VonMises(a, 1), new AffineTransform(1, 1))),
        .. Valid("an angle for a number", () => new Normal(0, 1), a => new VonMises(a, 1)),
        .. Valid("Delta for an angle", () => new VonMises(0, 2), a => new Delta(a)),
        .. Valid("limits for limits", () => new Censored(new Normal(0, 1), high: 1), a => new Censored(new Normal(a, 2), high: 1)),
        Invalid("Normal for an angle", ["VonMises is circular", "Normal gives a number", "one turn"], () => new VonMises(0, 2),
            a => new Normal(a, 1)),
        Invalid("a joint Normal for angles", ["circular"], () => new VonMises(Three, 2).ToEvent(1),
            a => new MultivariateNormal(a + Three, scaleTril: Tensor.Identity(3))),
        Invalid("LogNormal for a mixture of angles", ["circular"],
            () => new MixtureSameFamily(new Categorical(Tensor.Ones(2) / 2), new VonMises(Tensor.Ones(2), 2)), a => new LogNormal(a, 1)),
        Invalid("Normal for a turned angle", ["circular"], () => new TransformedDistribution(new VonMises(0, 2), new AffineTransform(1, 1)),
            a => new Normal(a, 1)),
        Invalid("more than a turn for an angle", ["circular", "between"], () => new VonMises(0, 2), a => new Uniform(0 * a, 10)),
        Invalid("Normal for a number with limits", ["Normal has a density alone", "Censored has none alone", "a probability would be compared"],
            () => new Censored(new Normal(0, 1), high: 1), a => new Normal(a, 1)),
        Invalid("limits for a Normal", ["Censored has none alone"], () => new Normal(0, 1), a => new Censored(new Normal(a, 1), low: 0)),
        Invalid("Normal for a point", ["it gives one point all probability"], () => new Delta(1.0), a => new Normal(a, 1)),
        Invalid("Normal for a point among others", ["probability"],
            () => new Mixture(new Categorical(Tensor.Ones(2) / 2), new Normal(0, 1), new Delta(0.0)), a => new Normal(a, 1)),
        new("a family that changes under an automatic guide", () => Changes(new Gamma(1, 1)), null, ModelError.SupportsDiffer,
            ["\"z\"", "its support changes", "Gamma wants zero or positive", "another name"]),
        new("a number that becomes a count", () => Changes(new Poisson(3)), null, ModelError.SupportsDiffer, ["\"z\"", "its support changes"]),
        new("a number that becomes an angle", () => Changes(new VonMises(0, 2)), null, ModelError.SupportsDiffer, ["\"z\"", "its support changes"]),
        new("a support that moves under an automatic guide", () => Moves(), null, ModelError.SupportsDiffer,
            ["\"z\"", "its support moves", "low + (high - low) * u", "AutoGuideList"]),
        new("a support that moves under a joint guide", () => Moves(joint: true), null, ModelError.SupportsDiffer, ["\"z\"", "its support moves"]),
        new("a later family outside the support", LaterOutside, null, ModelError.SupportsDiffer, ["\"z\"", "Normal gives a number"]),
    ];

    private static ModelCase[] Valid(string name, Func<Distribution> prior, Func<Tensor, Distribution> guide) =>
        [ValidPair("guide " + name, () => Sample("z", prior()), () => Sample("z", guide(Param("a", 0.0))))];

    /// <summary>Refused also where the model would fail over the value before the run ends.</summary>
    private static ModelCase Invalid(string name, string[] phrases, Func<Distribution> prior, Func<Tensor, Distribution> guide) =>
        InvalidPair("guide " + name, ModelError.SupportsDiffer, ["\"z\"", .. phrases], () =>
        {
            Sample("z", prior());
            throw new ArgumentException("The model went on with a value outside of the support.");
        }, () => Sample("z", guide(Param("a", 0.0))));

    private static TransformedDistribution Ordered(Tensor shift) => new(new Normal(Tensor.Zeros(3) + shift, 1).ToEvent(1), new OrderedTransform());

    private static string Moves(bool joint = false)
    {
        static void Model(int data) => Sample("z", new Uniform(0, Sample("width", new LogNormal(0, 1))));
        Svi<int> svi = new(Model, joint ? new AutoMultivariateNormal<int>(Model) : new AutoNormal<int>(Model), new Adam(), new TraceElbo());
        return $"{svi.Step(0)}";
    }

    /// <summary>Whatever the draw: the seed is one for which the number happens to be positive.</summary>
    private static string Changes(Distribution later)
    {
        void Model(bool isLater) => Sample("z", isLater ? later : new Normal(3, 0.1));
        Svi<bool> svi = new(Model, new AutoNormal<bool>(Model), new Adam(), new TraceElbo());
        svi.Step(false);
        svi.Step(false);
        return $"{svi.Step(true)}";
    }

    private static string LaterOutside()
    {
        Svi<bool> svi =
            new(_ => Sample("z", new HalfNormal(1)),
                isWrong => Sample("z", isWrong ? new Normal(Param("a", 0.0), 1) : new LogNormal(Param("a", 0.0), 1)), new Adam(), new TraceElbo());
        svi.Step(false);
        svi.Step(false);
        return $"{svi.Step(true)}";
    }
}
