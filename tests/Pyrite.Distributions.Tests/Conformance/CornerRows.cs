
namespace Pyrite.Conformance;

/// <summary>Corners that no rule finds: patterns of absent bounds, and points that were wrong once.</summary>
internal static class CornerRows
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Dictionary<string, Func<IEnumerable<Corner>>> All = new()
    {
        ["TruncatedNormal"] =
            () =>
                Bounds((low, high) => (p, v) => new TruncatedNormal(p[0], p[1], low, high, v), [0.3, 1.2], [-0.5, 0.4, 2.1, -40, 40],
                    "TruncatedNormal"),
        ["TruncatedCauchy"] =
            () =>
                Bounds((low, high) => (p, v) => new TruncatedCauchy(p[0], p[1], low, high, v), [0.3, 1.2], [-0.5, 0.4, 2.1, -1e3, 1e3],
                    "TruncatedCauchy"),
        ["Truncated"] = () =>
            Bounds((low, high) => (p, v) => new Truncated(new Normal(p[0], p[1], v), low, high), [0.3, 1.2], [-0.5, 0.4, 2.1, -40, 40], "Truncated")
            .Concat(Bounds((low, high) => (p, v) => new Truncated(new Gamma(p[0], p[1], v), low, high), [2.3, 1.4], [0.1, 0.4, 2.1, 60], "Truncated"))
            .Concat(
                Bounds((low, high) => (p, v) => new Truncated(new StudentT(p[0], 0.3, p[1], v), low, high), [4, 1.4], [-0.5, 0.4, 2.1, 600],
                    "Truncated")),
        ["Censored"] = () =>
            Bounds((low, high) => (p, v) => new Censored(new Normal(p[0], p[1], v), low, high), [0.3, 1.2], [-0.5, 0.4, 2.1], "Censored")
            .Concat(Bounds((low, high) => (p, v) => new Censored(new Exponential(p[0], v), low, high), [0.8], [0, 0.4, 2.1], "Censored")),
        ["IntervalCensored"] =
            () => new[] { (-Infinity, 0.7), (0.4, Infinity), (-Infinity, Infinity), (0.4, 0.4), (0.4, 0.7), (30, 31), (-50, -49), (30, Infinity) }
            .Select(ends => Row("IntervalCensored", [0.3, 1.2], [ends.Item1, ends.Item2], (p, v) => new IntervalCensored(new Normal(p[0], p[1], v)))),
        ["Wishart"] = () => Degrees("Wishart", (p, v) => new Wishart(p[0], scaleTril: p[1], validate: v)),
        ["InverseWishart"] = () => Degrees("InverseWishart", (p, v) => new InverseWishart(p[0], scaleTril: p[1], validate: v)),
        ["Bernoulli"] = () => Each("Bernoulli", [0, 1], [0, -Infinity, Infinity, 1e4, -1e4, 800], (p, v) => new Bernoulli(logits: p[0], validate: v)),
        ["Binomial"] =
            () => Each("Binomial", [0, 1, 5, 12], [0, -Infinity, Infinity, 1e4, -1e4, 800], (p, v) => new Binomial(12, logits: p[0], validate: v)),
        ["Geometric"] =
            () => Each("Geometric", [0, 1, 5], [0, -Infinity, Infinity, 1e4, -1e4, 800], (p, v) => new Geometric(logits: p[0], validate: v)),
        ["ContinuousBernoulli"] =
            () => Each("ContinuousBernoulli", [0, 0.3, 1], [0, 1e-9, 1e4, -1e4, 800], (p, v) => new ContinuousBernoulli(logits: p[0], validate: v)),
        ["RelaxedBernoulli"] =
            () => Each("RelaxedBernoulli", [1e-6, 0.3, 1 - 1e-6], [0, 1e-9, 1, 0.4], (p, v) => new RelaxedBernoulli(0.7, p[0], validate: v)),
        ["ZeroInflatedPoisson"] =
            () =>
                Each("ZeroInflatedPoisson", [0, 2], [-Infinity, Infinity, 1e4, -1e4],
                    (p, v) => new ZeroInflatedPoisson(2.0, gateLogits: p[0], validate: v)),
        ["Categorical"] = () => Logits("Categorical", (p, v) => new Categorical(logits: p[0], validate: v), [[0], [1], [2]]),
        ["OneHotCategorical"] =
            () => Logits("OneHotCategorical", (p, v) => new OneHotCategorical(logits: p[0], validate: v), [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ["Multinomial"] = () => Logits("Multinomial", (p, v) => new Multinomial(7, logits: p[0], validate: v), [[7, 0, 0], [0, 3, 4], [2, 2, 3]]),
    };

    /// <summary>The rows of a family.</summary>
    public static IEnumerable<Corner> Of(string name, Family family) => All.TryGetValue(name, out Func<IEnumerable<Corner>>? rows) ? rows() : [];

    /// <summary>Degrees of freedom near the smallest, where draws are almost singular, and large ones.</summary>
    private static IEnumerable<Corner> Degrees(string family, Func<Tensor[], bool, Distribution> make) =>
        new[] { 1.0001, 1.01, 1.1, 1e8, 1e12 }.Select(df => new Corner(family,
            [Tensor.Full(Shape.Scalar, df, DType.Float64), Tensor.From(new double[,] { { 1.2, 0 }, { 0.6, 0.7 } })],
            Tensor.From(new double[,] { { 1.44, 0.72 }, { 0.72, 0.85 } }), make));

    private static Corner Row(string family, double[] parameters, double[] value, Func<Tensor[], bool, Distribution> make) =>
        new(family, [.. parameters.Select(p => Tensor.Full(Shape.Scalar, p, DType.Float64))],
            value.Length == 1 ? Tensor.Full(Shape.Scalar, value[0], DType.Float64) : Tensor.From<double>(value), make);

    private static IEnumerable<Corner> Each(string family, double[] values, double[] parameters, Func<Tensor[], bool, Distribution> make) =>
        parameters.SelectMany(p => values.Select(x => Row(family, [p], [x], make)));

    /// <summary>Each pattern of absent, infinite and finite bounds.</summary>
    private static IEnumerable<Corner> Bounds(Func<Tensor?, Tensor?, Func<Tensor[], bool, Distribution>> make, double[] parameters, double[] values,
        string family)
    {
        foreach ((double? low,
            double? high) in new (double?, double?)[] { (null, null), (0.1, null), (null, 2.5), (-Infinity, 2.5), (0.1, Infinity),
                (-Infinity, Infinity), (0.1, 2.5) })
        {
            foreach (double x in values.Where(x => (low ?? -Infinity) <= x && x <= (high ?? Infinity)))
            {
                yield return Row(family, parameters, [x], (p, v) => make(Bound(low, p), Bound(high, p))(p, v));
            }
        }
    }

    private static Tensor? Bound(double? bound, Tensor[] parameters) =>
        bound is { } number ? Tensor.Full(Shape.Scalar, number, parameters[0].DType) : null;

    private static IEnumerable<Corner> Logits(string family, Func<Tensor[], bool, Distribution> make, double[][] values)
    {
        foreach (double[] logits in new double[][] { [0, -Infinity, 1], [-Infinity, -Infinity, 1], [1e4, 0, 1], [-1e4, 0, 1], [1e4, -1e4, 0],
            [0.1, 0.2, 0.3] })
        {
            foreach (double[] value in values)
            {
                yield return new Corner(family, [Tensor.From<double>(logits)],
                    value.Length == 1 ? Tensor.Full(Shape.Scalar, value[0], DType.Float64) : Tensor.From<double>(value), make);
            }
        }
    }
}
