namespace Pyrite.Combinators;

/// <summary>A distribution of counts for the tests of combinators: parameters in Float64 and how to make it from them.</summary>
internal sealed record CountMember(Tensor[] Parameters, Func<Tensor[], Distribution> MakeFrom)
{
    private const int Lowest = -60;
    private const int Highest = 500;

    /// <summary>Every family of counts and categories, each in several settings, and combinators of them.</summary>
    public static readonly Dictionary<string, CountMember> All = new()
    {
        ["Poisson 0.7"] = Of([0.7], p => new Poisson(p[0], validate: false)),
        ["Poisson 3"] = Of([3], p => new Poisson(p[0], validate: false)),
        ["Poisson 45"] = Of([45], p => new Poisson(p[0], validate: false)),
        ["Poisson of a logarithm"] = Of([1.4], p => new Poisson(logRate: p[0], validate: false)),
        ["Binomial"] = Of([0.4], p => new Binomial(10, p[0], validate: false)),
        ["Binomial of one trial"] = Of([0.9], p => new Binomial(1, p[0], validate: false)),
        ["Binomial of log-odds"] = Of([-3], p => new Binomial(25, logits: p[0], validate: false)),
        ["NegativeBinomial"] = Of([3.5, 0.45], p => new NegativeBinomial(p[0], p[1], validate: false)),
        ["NegativeBinomial of log-odds"] = Of([0.4, 0.3], p => new NegativeBinomial(p[0], logits: p[1], validate: false)),
        ["NegativeBinomial2"] = Of([4, 2.5], p => new NegativeBinomial2(p[0], p[1], validate: false)),
        ["NegativeBinomial2 of a logarithm"] = Of([1.2, 0.6], p => new NegativeBinomial2(logMean: p[0], concentration: p[1], validate: false)),
        ["GammaPoisson"] = Of([2.1, 0.7], p => new GammaPoisson(p[0], p[1], validate: false)),
        ["Geometric"] = Of([0.35], p => new Geometric(p[0], validate: false)),
        ["Geometric of log-odds"] = Of([-1.5], p => new Geometric(logits: p[0], validate: false)),
        ["BetaBinomial"] = Of([2, 3], p => new BetaBinomial(p[0], p[1], 12, validate: false)),
        ["BetaBinomial of small weights"] = Of([0.4, 0.7], p => new BetaBinomial(p[0], p[1], 5, validate: false)),
        ["DiscreteUniform"] = Of([], _ => new DiscreteUniform(0, 6, validate: false)),
        ["DiscreteUniform about zero"] = Of([], _ => new DiscreteUniform(-2, 5, validate: false)),
        ["A die"] = Of([], _ => new DiscreteUniform(1, 6, validate: false)),
        ["Bernoulli"] = Of([0.35], p => new Bernoulli(p[0], validate: true)),
        ["Bernoulli of log-odds"] = Of([0.4], p => new Bernoulli(logits: p[0], validate: true)),
        ["Categorical"] = Of([0.3, -0.5, 1, 0.1], p => new Categorical(logits: Tensor.Stack(p, -1), validate: false)),
        ["OrderedLogistic"] = Of([0.3, -1], p => new OrderedLogistic(p[0], Tensor.Stack([p[1], p[1] + 1.5, p[1] + 2.2], -1), validate: false)),
        ["ZeroInflatedPoisson"] = Of([3, 0.3], p => new ZeroInflatedPoisson(p[0], gate: p[1], validate: false)),
        ["ZeroInflatedNegativeBinomial"] =
            Of([3, 0.3, -0.5], p => new ZeroInflatedNegativeBinomial(p[0], probs: p[1], gateLogits: p[2], validate: false)),
        ["ZeroInflated die"] = Of([0.4], p => new ZeroInflated(new DiscreteUniform(1, 6, validate: false), gate: p[0], validate: false)),
        ["ZeroInflated about zero"] = Of([0.4], p => new ZeroInflated(new DiscreteUniform(-2, 5, validate: false), gate: p[0], validate: false)),
        ["Hurdle"] = Of([2, 0.3], p => new Hurdle(new Poisson(p[0], validate: false), gate: p[1], validate: false)),
        ["Hurdle of a die"] = Of([0.3], p => new Hurdle(new DiscreteUniform(1, 6, validate: false), gate: p[0], validate: false)),
        ["Hurdle about zero"] = Of([0.3], p => new Hurdle(new DiscreteUniform(-2, 5, validate: false), gate: p[0], validate: false)),
        ["MixtureSameFamily"] =
            Of([2, 9],
                p => new MixtureSameFamily(new Categorical(Tensor.From([0.4, 0.6])), new Poisson(Tensor.Stack(p, -1), validate: false), false)),
        ["Mixture"] =
            Of([2, 0.3],
                p => new Mixture(new Categorical(Tensor.From([0.4, 0.6])), new Poisson(p[0], validate: false),
                    new Binomial(9, p[1], validate: false))),
        ["Transformed"] = Of([3], p => new TransformedDistribution(new Poisson(p[0], validate: false), new AffineTransform(1.0, 2.0))),
        ["Mirrored"] = Of([0.4], p => new TransformedDistribution(new Binomial(10, p[0], validate: false), new AffineTransform(4.0, -1.0))),
        ["Truncated"] = Of([3], p => new Truncated(new Poisson(p[0], validate: false), low: 1)),
        ["Folded"] = Of([], _ => new Folded(new DiscreteUniform(-5, 3, validate: false))),
        ["Expanded"] = Of([3], p => new Poisson(p[0], validate: false).Expand([1])),
    };

    /// <summary>Bounds of every pattern: none, one, both; ends of supports; between counts; outside.</summary>
    public static readonly (double? Low, double? High)[] Bounds =
        [(null, null), (1, null), (null, 3), (0, 4), (1.5, 3.5), (2, 2), (-1, 300), (null, 0), (0, null), (0, 10), (1, 6), (10, null), (2.5, null),
            (null, 2.5), (double.NegativeInfinity, 4), (1, double.PositiveInfinity)];

    /// <summary>The member with its own parameters.</summary>
    public Distribution Make() => MakeFrom(Parameters);

    /// <summary>What can be drawn, and with what chance, by asking the density about every whole number.</summary>
    public static SortedDictionary<double, double> Chances(Distribution distribution, params double[] more)
    {
        double[] values = [.. Enumerable.Range(Lowest, Highest - Lowest).Select(i => (double)i).Concat(more.Where(double.IsFinite)).Distinct()];
        Tensor all = Tensor.From(values);
        Tensor inside = distribution.Support.Check(all).Reshape([values.Length]);
        SortedDictionary<double, double> chances = [];
        bool[] possible = inside.ToArray<bool>();
        double[] asked = [.. values.Where((_, i) => possible[i])];
        if (asked.Length > 0)
        {
            double[] scores = distribution.LogProb(Tensor.From(asked)).Reshape([asked.Length]).ToArray<double>();
            for (int i = 0; i < asked.Length; i++)
            {
                chances[asked[i]] = Math.Exp(scores[i]);
            }
        }
        return chances;
    }

    private static CountMember Of(double[] parameters, Func<Tensor[], Distribution> make) =>
        new([.. parameters.Select(p => Tensor.Full(Shape.Scalar, p, DType.Float64))], make);
}
