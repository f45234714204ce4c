using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Bounds that depend on latent sites keep the density in a recorded program.</summary>
public sealed class VaryingBoundsTests
{
    private static readonly Dictionary<string, Func<Tensor, Distribution>> Families = new()
    {
        ["Uniform below"] = a => new Uniform(0, a),
        ["Uniform between"] = a => new Uniform(a, a + 9),
        ["TruncatedNormal above"] = a => new TruncatedNormal(0, 1, low: a),
        ["TruncatedNormal below"] = a => new TruncatedNormal(0, 1, high: a),
        ["TruncatedNormal between"] = a => new TruncatedNormal(0, 1, -a, a),
        ["Truncated above"] = a => new Truncated(new Gamma(2, 1), a),
        ["Truncated below"] = a => new Truncated(new Gamma(2, 1), high: a),
        ["Truncated between"] = a => new Truncated(new Normal(a, 1), -a, a),
        ["TruncatedCauchy"] = a => new TruncatedCauchy(0, 1, -a, a),
        ["Pareto"] = a => new Pareto(a, 2),
        ["Levy"] = a => new Levy(a, 1),
        ["LogUniform"] = a => new LogUniform(a, 9 * a),
        ["Triangular"] = a => new Triangular(-a, a, 0),
        ["a scaled Beta"] = a => new TransformedDistribution(new Beta(2, 2), new AffineTransform(0, a)),
        ["a shifted Exponential"] = a => new TransformedDistribution(new Exponential(1), new AffineTransform(a, 1)),
        ["an interval"] = a => new ImproperUniform(Constraints.Interval(0, 1 - (0.1 * (-a).Exp()))),
        ["a half-open interval"] = a => new ImproperUniform(Constraints.HalfOpenInterval(-a, a)),
        ["greater than"] = a => new TransformedDistribution(new ImproperUniform(Constraints.GreaterThan(a)), new AffineTransform(0, 1)),
        ["less than"] = a => new ImproperUniform(Constraints.LessThan(a)),
        ["a vector of them"] = a => new Uniform(Tensor.Zeros(3), a).ToEvent(1),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_density_is_recorded_and_its_slope_is_right(string name)
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor a = Sample("a", new LogNormal(0, 0.3)), y = Sample("y", Families[name](a));
            Sample("z", new Normal(y.Sum(), 1), observed: 0.4);
        });
        Assert.True(potential.IsReplayed);
        Assert.Empty(potential.Notes.All);
        double[] point = [.. Enumerable.Range(0, potential.Dimension).Select(i => 0.3 - (0.2 * i))], gradient = new double[point.Length];
        potential.LogDensity(point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            Assert.Equal((potential.LogDensity(up) - potential.LogDensity(down)) / 2e-5, gradient[i], 5);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Everything_is_compiled_to_the_last_operation(string name) =>
        Assert.Empty(Potential.Of(() => Sample("y", Families[name](Sample("a", new LogNormal(0, 0.3))))).Uncompiled);

    [Fact]
    public void Errors_still_tell_the_bounds() =>
        Assert.Contains("between 0 and 2; found 3", Assert.ThrowsAny<ArgumentException>(() => new Uniform(0, 2).LogProb(Tensor.From([3.0]))).Message);
}
