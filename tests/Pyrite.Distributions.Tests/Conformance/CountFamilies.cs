
namespace Pyrite.Conformance;

/// <summary>One ordinary member of every family of counts and categories; a family passes the shared suite by being listed.</summary>
internal static class CountFamilies
{
    public static readonly Dictionary<string, Family> All = new()
    {
        ["Bernoulli"] = Of([0.35], (p, v) => new Bernoulli(p[0], validate: v)),
        ["Bernoulli of log-odds"] = Of([0.4], (p, v) => new Bernoulli(logits: p[0], validate: v)),
        ["RelaxedBernoulliStraightThrough"] = Of([0.7, 0.4], (p, v) => new RelaxedBernoulliStraightThrough(p[0], logits: p[1], validate: v)),
        ["Binomial"] = Of([0.35], (p, v) => new Binomial(12, p[0], validate: v)),
        ["Binomial of many trials"] = Of([0.2], (p, v) => new Binomial(300, p[0], validate: v)),
        ["BetaBinomial"] = Of([2.0, 3.0], (p, v) => new BetaBinomial(p[0], p[1], 12, validate: v)),
        ["Geometric"] = Of([0.35], (p, v) => new Geometric(p[0], validate: v)),
        ["NegativeBinomial"] = Of([3.5, 0.45], (p, v) => new NegativeBinomial(p[0], p[1], validate: v)),
        ["NegativeBinomial of log-odds"] = Of([3.5, -0.2], (p, v) => new NegativeBinomial(p[0], logits: p[1], validate: v)),
        ["NegativeBinomial2"] = Of([4.0, 2.5], (p, v) => new NegativeBinomial2(p[0], p[1], validate: v)),
        ["NegativeBinomial2 of a logarithm"] = Of([1.2, 2.5], (p, v) => new NegativeBinomial2(logMean: p[0], concentration: p[1], validate: v)),
        ["GammaPoisson"] = Of([2.1, 0.7], (p, v) => new GammaPoisson(p[0], p[1], validate: v)),
        ["Poisson"] = Of([3.7], (p, v) => new Poisson(p[0], validate: v)),
        ["Poisson of a logarithm"] = Of([1.1], (p, v) => new Poisson(logRate: p[0], validate: v)),
        ["Poisson of a large rate"] = Of([60], (p, v) => new Poisson(p[0], validate: v)),
        ["ZeroInflated"] = Of([0.3, 0.4], (p, v) => new ZeroInflated(new Geometric(p[0], validate: v), gate: p[1], validate: v)),
        ["ZeroInflatedPoisson"] = Of([3.0, 0.3], (p, v) => new ZeroInflatedPoisson(p[0], gate: p[1], validate: v)),
        ["ZeroInflatedNegativeBinomial"] =
            Of([3.0, 0.3, -0.5], (p, v) => new ZeroInflatedNegativeBinomial(p[0], probs: p[1], gateLogits: p[2], validate: v)),
        ["Hurdle"] = Of([2.0, 0.3], (p, v) => new Hurdle(new Poisson(p[0], validate: v), gate: p[1], validate: v)),
        ["DiscreteUniform"] = Of([], (_, v) => new DiscreteUniform(-2, 5, validate: v)),
        ["Categorical"] = new([Tensor.From([0.2, 0.5, 0.3])], (p, v) => new Categorical(p[0], validate: v)),
        ["OrderedLogistic"] =
            new([Tensor.Full(Shape.Scalar, 0.3, DType.Float64), Tensor.From([-1.0, 0.5, 2])], (p, v) => new OrderedLogistic(p[0], p[1], validate: v)),
        ["MixtureSameFamily of counts"] =
            new([Tensor.From([0.2, 0.7]), Tensor.From([2.0, 9.0])],
                (p, v) => new MixtureSameFamily(new Categorical(logits: p[0]), new Poisson(p[1], validate: v), v)),
    };

    private static Family Of(double[] parameters, Func<Tensor[], bool, Distribution> make) =>
        new([.. parameters.Select(p => Tensor.Full(Shape.Scalar, p, DType.Float64))], make);
}
