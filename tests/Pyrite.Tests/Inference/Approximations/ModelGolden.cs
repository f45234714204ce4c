using System.Text.Json;
using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>The models that the golden files name.</summary>
internal static class ModelGolden
{
    /// <summary>The model of a case; the names of its latent sites are those of the README.</summary>
    public static Action Model(JsonElement c)
    {
        Tensor? y = c.Optional("y") is { } given ? GoldenCase.Tensor(given) : null;
        switch (c.GetProperty("model").GetString())
        {
            case "linear-regression":
                Tensor design = GoldenCase.Tensor(c.GetProperty("X"));
                double noise = Math.Sqrt(c.GetProperty("noise_variance").Number());
                return Weighted(c, design, f => Sample("y", new Normal(f, noise).ToEvent(1), observed: y!));
            case "logistic-regression":
                return Weighted(c, GoldenCase.Tensor(c.GetProperty("X")), f => Sample("y", new Bernoulli(logits: f).ToEvent(1), observed: y!));
            case "poisson-regression":
                return Weighted(c, GoldenCase.Tensor(c.GetProperty("X")), f => Sample("y", new Poisson(f.Exp()).ToEvent(1), observed: y!));
            case "gamma-poisson":
                (double a, double b) = (c.GetProperty("a").Number(), c.GetProperty("b").Number());
                Tensor counts = GoldenCase.Tensor(c.GetProperty("counts"));
                return () => Sample("counts", new Poisson(Sample("rate", new Gamma(a, b)).BroadcastTo(counts.Shape)).ToEvent(1), observed: counts);
            case "beta-binomial":
                (double n, double k) = (c.GetProperty("n").Number(), c.GetProperty("k").Number());
                (double one, double other) = (c.GetProperty("a").Number(), c.GetProperty("b").Number());
                return () => Sample("k", new Binomial((int)n, Sample("p", new Beta(one, other))), observed: k);
            case "two-modes":
                return TwoModes(c);
            case "eight-schools":
                Tensor sigma = GoldenCase.Tensor(c.GetProperty("sigma"));
                return () =>
                {
                    Tensor mu = Sample("mu", new Normal(0, 5)), tau = Sample("tau", new HalfCauchy(5));
                    Tensor theta = Sample("theta", new Normal(mu, tau).Expand([y!.Shape[0]]).ToEvent(1));
                    Sample("y", new Normal(theta, sigma).ToEvent(1), observed: y!);
                };
            case var other2:
                throw new NotSupportedException($"There is no model of kind {other2}.");
        }
    }

    private static Action Weighted(JsonElement c, Tensor design, Action<Tensor> observe)
    {
        double scale = Math.Sqrt(c.GetProperty("prior_variance").Number());
        return () => observe(design.MatMul(Sample("w", new Normal(0, scale).Expand([design.Shape[1]]).ToEvent(1))));
    }

    private static Action TwoModes(JsonElement c)
    {
        int dimension = c.GetProperty("dimension").GetInt32();
        double weight = c.GetProperty("weight").Number(), scale = Math.Sqrt(c.GetProperty("prior_variance").Number());
        Tensor m1 = GoldenCase.Tensor(c.GetProperty("m1")), m2 = GoldenCase.Tensor(c.GetProperty("m2"));
        double v1 = c.GetProperty("v1").Number(), v2 = c.GetProperty("v2").Number();
        return () =>
        {
            Tensor x = Sample("x", new Normal(0, scale).Expand([dimension]).ToEvent(1));
            Tensor first = Math.Log(weight) + new Normal(m1, Math.Sqrt(v1)).ToEvent(1).LogProb(x);
            Tensor second = Math.Log(1 - weight) + new Normal(m2, Math.Sqrt(v2)).ToEvent(1).LogProb(x);
            Factor("likelihood", Tensor.Stack([first, second]).LogSumExp(0));
        };
    }
}
