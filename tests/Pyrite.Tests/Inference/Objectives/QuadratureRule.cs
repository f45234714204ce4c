namespace Pyrite.Tests;

/// <summary>Nodes and weights under which means of smooth functions of a random number are sums.</summary>
internal sealed record QuadratureRule(double[] Nodes, double[] Weights)
{
    /// <summary>The trapezoidal rule, which converges faster than any power for Gaussian integrands.</summary>
    public static QuadratureRule Normal(double loc, double scale, int nodes) =>
        Of(-8.5, 8.5, nodes, x => loc + (scale * x), x => Math.Exp(-0.5 * x * x));

    /// <summary>Over the logarithm.</summary>
    public static QuadratureRule Gamma(double shape, double rate) =>
        Of(-40 / shape, Math.Log(60 / rate), 1000, Math.Exp, u => Math.Exp((shape * u) - (rate * Math.Exp(u))));

    /// <summary>Over the logit.</summary>
    public static QuadratureRule Beta(double a, double b) =>
        Of(-40 / a, 40 / b, 1000, u => 1 / (1 + Math.Exp(-u)), u => Math.Exp((-a * Math.Log(1 + Math.Exp(-u))) - (b * Math.Log(1 + Math.Exp(u)))));

    public static QuadratureRule Bernoulli(double probability) => new([0, 1], [1 - probability, probability]);

    private static QuadratureRule Of(double from, double to, int nodes, Func<double, double> value, Func<double, double> density)
    {
        double[] places = [.. Enumerable.Range(0, nodes).Select(i => from + ((to - from) * i / (nodes - 1)))];
        double[] weights = [.. places.Select(density)];
        double total = weights.Sum();
        return new QuadratureRule([.. places.Select(value)], [.. weights.Select(weight => weight / total)]);
    }
}
