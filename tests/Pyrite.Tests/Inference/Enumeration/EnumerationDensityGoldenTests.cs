using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Densities of continuous sites with the discrete ones summed out, as samplers get them.</summary>
[Trait("Once", "Cultures")]
public sealed class EnumerationDensityGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCase.All.Where(c => c.Kind == "density").Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_density_and_its_gradient_are_exact_and_replayed(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        Potential potential = Potential.Of(() => Model(c));
        double[] point = potential.Unconstrain(c.Starts), gradient = new double[potential.Dimension];

        Assert.True(potential.IsReplayed);
        Close.Assert(potential.LogDensity(point, withJacobian: false), c.Number("log_density"), 0, 1e-10, name);
        Close.Assert(potential.LogDensity(point, gradient), c.Number("unconstrained_log_density"), 0, 1e-10, name);
        foreach ((string site, GoldenTensor values) in c.Tensors("unconstrained_gradient"))
        {
            PotentialSite known = potential.Sites.Single(entry => entry.Name == site);
            for (int i = 0; i < values.Data.Length; i++)
            {
                Close.Assert(gradient[known.Offset + i], values.Data[i], 0, 1e-8, $"{name} {site}[{i}]");
            }
        }
    }

    private static void Model(GoldenCase c)
    {
        switch (c.Name)
        {
            case "density/mixture":
                Mixture(c);
                break;
            case "density/chain":
                Chain(c);
                break;
            case "density/zero_inflation":
                ZeroInflation(c);
                break;
            default:
                throw new InvalidOperationException($"No model is written for {c.Name}.");
        }
    }

    private static void Mixture(GoldenCase c)
    {
        Tensor logits, loc, scale;
        using (Plate("components", c.Starts["logits"].Count))
        {
            logits = Sample("logits", new Normal(0, 1));
            loc = Sample("loc", new Normal(0, 5));
            scale = Sample("scale", new HalfNormal(2));
        }
        using (Plate("rows", c.D("x").Count))
        {
            Tensor z = Sample("z", new Categorical(logits: logits));
            Sample("x", new Normal(loc.Take(z), scale.Take(z)), observed: c.D("x"));
        }
    }

    private static void Chain(GoldenCase c)
    {
        int states = c.Starts["loc"].Count;
        Tensor transition = Sample("transition_logits", new Normal(Tensor.Zeros(states, states), 2).ToEvent(2));
        Tensor loc = Sample("loc", new Normal(Tensor.Zeros(states), 3).ToEvent(1)), scale = Sample("scale", new LogNormal(0, 1));
        Tensor y = c.D("y"), z = Tensor.Range(1);
        for (int t = 0; t < y.Count; t++)
        {
            z = Sample($"z_{t}", new Categorical(logits: t == 0 ? Tensor.Zeros(states) : transition.Take(z)));
            Sample($"y_{t}", new Normal(loc.Take(z), scale), observed: y[t]);
        }
    }

    private static void ZeroInflation(GoldenCase c)
    {
        Tensor gate = Sample("gate_logit", new Normal(0, 1.5)), rate = Sample("rate", new Exponential(1)), y = c.D("y");
        using (Plate("rows", y.Count))
        {
            Tensor b = Sample("b", new Bernoulli(logits: gate));
            Factor("y", Tensor.Where(b > 0, Tensor.Where(y.EqualTo(0), 0.0, double.NegativeInfinity), new Poisson(rate).LogProb(y)));
        }
    }
}
