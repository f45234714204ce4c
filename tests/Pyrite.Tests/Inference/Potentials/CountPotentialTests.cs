using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Densities of models whose data have the families that are scored by deviances: replayed, they are what the families say at any
/// point.</summary>
public sealed class CountPotentialTests
{
    /// <summary>A family of the latent values a and b, positive, and p, a chance.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Distribution>> Families = new()
    {
        ["Poisson"] = (a, b, p) => new Poisson(a * b),
        ["Poisson of a logarithm"] = (a, b, p) => new Poisson(logRate: a - b),
        ["Binomial"] = (a, b, p) => new Binomial(20, p),
        ["Binomial of log-odds"] = (a, b, p) => new Binomial(20, logits: a - b),
        ["NegativeBinomial"] = (a, b, p) => new NegativeBinomial(a, p),
        ["NegativeBinomial2"] = (a, b, p) => new NegativeBinomial2(a, b),
        ["NegativeBinomial2 of a logarithm"] = (a, b, p) => new NegativeBinomial2(logMean: a, concentration: b),
        ["GammaPoisson"] = (a, b, p) => new GammaPoisson(a, b),
        ["BetaBinomial"] = (a, b, p) => new BetaBinomial(a, b, 20),
        ["Beta"] = (a, b, p) => new Beta(a, b),
        ["Gamma"] = (a, b, p) => new Gamma(a, b),
        ["InverseGamma"] = (a, b, p) => new InverseGamma(a, b),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Replayed_densities_are_those_of_the_families(string name)
    {
        Tensor counts = Tensor.From([0.0, 1, 2, 5, 20, 3, 0, 7, 12, 4, 1]);
        Tensor data = name is "Beta" or "Gamma" or "InverseGamma" ? (counts + 0.5) / 21 : counts;
        LogNormal positive = new(0, 1);
        Beta chance = new(2, 2);
        Potential potential = Potential.Of(() =>
        {
            Tensor a = Sample("a", positive), b = Sample("b", positive), p = Sample("p", chance);
            using (Plate("rows", 11))
            {
                Sample("y", Families[name](a, b, p), observed: data);
            }
        });
        Assert.True(potential.IsReplayed);
        double[] gradient = new double[3];
        foreach (double[] point in new double[][] { [0.3, -0.5, 0.2], [2.5, 1.1, -1.3], [-1.2, 0.4, 2.1] })
        {
            IReadOnlyDictionary<string, Tensor> values = potential.Constrain(point);
            (Tensor a, Tensor b, Tensor p) = (values["a"], values["b"], values["p"]);
            double direct = (positive.LogProb(a) + positive.LogProb(b) + chance.LogProb(p) + Families[name](a, b, p).LogProb(data).Sum()).Item();
            Assert.Equal(direct, potential.LogDensity(point, withJacobian: false), 1e-11 * Math.Max(1, Math.Abs(direct)));
            potential.LogDensity(point, gradient);
            for (int i = 0; i < 3; i++)
            {
                double[] up = [.. point], down = [.. point];
                up[i] += 1e-5;
                down[i] -= 1e-5;
                Assert.Equal((potential.LogDensity(up) - potential.LogDensity(down)) / 2e-5, gradient[i], 1e-6 * Math.Max(1, Math.Abs(gradient[i])));
            }
        }
    }
}
