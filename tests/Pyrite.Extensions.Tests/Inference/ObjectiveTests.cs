using static Pyrite.Primitives;

namespace Pyrite.Extensions.Inference;

/// <summary>Objectives of one's own, on a model whose evidence and posteriors are known.</summary>
public sealed class ObjectiveTests
{
    /// <summary>1.5 ~ N(0, √1.25).</summary>
    private static readonly double LogEvidence = (-0.5 * Math.Log(2 * Math.PI * 1.25)) - (0.5 * 1.5 * 1.5 / 1.25);

    [Fact]
    [Trait("Category", "Long")]
    public void The_chi_square_bound_is_the_evidence_at_the_posterior_and_above_it_elsewhere()
    {
        Assert.Equal(LogEvidence, Bound(1.2, Math.Sqrt(0.2), particles: 4), 1e-9);
        // E[w²] = p(x)² ∫ posterior² / q: for standard deviations s of the posterior and r of q, r² > s²/2, means equal, it is
        // r² / (s √(2 r² - s²)). 20,000 runs know its logarithm to about 0.01.
        double s = Math.Sqrt(0.2), r = 0.6;
        double expected = LogEvidence + (0.5 * Math.Log(r * r / (s * Math.Sqrt((2 * r * r) - (s * s)))));
        Assert.Equal(expected, Bound(1.2, r, particles: 20_000), 0.03);
        Assert.True(expected > LogEvidence);

        static double Bound(double loc, double scale, int particles) => new Svi<int>(_ => Targets.Seen(),
            _ => Sample("a", new Normal(Number(loc), Number(scale))), new Adam(0.01), new ChiSquareBound(particles), seed: 1).Evaluate(0);
    }

    [Fact]
    public void Minimizing_the_chi_square_bound_finds_the_posterior()
    {
        Svi<int> svi = Fit(new ChiSquareBound(particles: 8), 3_000);
        // At the posterior all weights are equal, so that gradients vanish with every draw.
        Assert.Equal(1.2, svi.Parameters["loc"].Item(), 5e-3);
        Assert.Equal(Math.Sqrt(0.2), svi.Parameters["scale"].Item(), 5e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.25)]
    [InlineData(3)]
    public void Tempering_finds_the_posterior_of_the_weighted_likelihood(double power)
    {
        Svi<int> svi = Fit(new TemperedElbo(power, particles: 2), 3_000);
        double precision = 1 + (4 * power);
        Assert.Equal(4 * power * 1.5 / precision, svi.Parameters["loc"].Item(), 5e-3);
        Assert.Equal(1 / Math.Sqrt(precision), svi.Parameters["scale"].Item(), 5e-3);
    }

    private static Tensor Number(double value) => Tensor.Full(Shape.Scalar, value, DType.Float64);

    private static Svi<int> Fit(Elbo objective, int steps)
    {
        Svi<int> svi = new(_ => Targets.Seen(), _ => Sample("a", new Normal(Param("loc", Number(0)), Param("scale", Number(1),
            Constraints.Positive))), new Adam(0.01), objective, seed: 3);
        for (int i = 0; i < steps; i++)
        {
            svi.Step(0);
        }
        return svi;
    }
}
