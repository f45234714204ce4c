using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>A pyramid of Normals: r ~ N(0, 1), a and b ~ N(r, 1), 1 observed from N(a, 1) and 2 from N(b, 1).</summary>
/// <remarks>Posterior precision [[3, -1, -1], [-1, 2, 0], [-1, 0, 2]] with determinant 8, means r = (1 + 2) / 4, a = (r + 1) / 2, b = (r + 2) / 2.
/// The data are Normal with variances 3 and covariance 1.</remarks>
public sealed class PyramidTests
{
    private const int Copies = 100;
    private const int Steps = 400;

    /// <summary>½ log det(2π S) + ½ y' S⁻¹ y with S = [[3, 1], [1, 3]], determinant 8, y = (1, 2) and y' S⁻¹ y = (3 - 4 + 12) / 8.</summary>
    private static readonly double MinusLogEvidence = Math.Log(2 * Math.PI) + (0.5 * Math.Log(8)) + (0.5 * 11 / 8);

    /// <summary>½ (Σ log Λii - log det Λ).</summary>
    private static readonly double FactorizedGap = 0.5 * Math.Log(12.0 / 8);

    private static readonly double[] Means = [0.75, 0.875, 1.375];

    [Theory]
    [InlineData("trace", true)]
    [InlineData("landing", true)]
    [InlineData("mean field", true)]
    [InlineData("graph", true)]
    [InlineData("trace", false)]
    [InlineData("graph", false)]
    public void A_factorized_guide_gets_the_means_and_the_variances_it_can_have(string objective, bool isPathwise)
    {
        // Without gradients through draws the same precision takes more of them.
        int copiesOfStep = isPathwise ? Copies : 10 * Copies;
        Svi<int> svi =
            new(_ => Model(copiesOfStep), Guide, new Adam(0.05) { Schedule = new CosineSchedule(Steps) }, ConjugateTests.Objective(objective),
                seed: 4);
        svi.Run(0, Steps);
        double[] precisions = [3, 2, 2];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Means[i], svi.Parameters[$"loc{i}"].Item(), 0.05);
            Assert.Equal(1 / Math.Sqrt(precisions[i]), svi.Parameters[$"scale{i}"].Item(), 0.05);
        }
        Assert.Equal(MinusLogEvidence + FactorizedGap, Enumerable.Range(0, 50).Average(_ => svi.Evaluate(0)) / copiesOfStep, 0.1);

        void Guide(int _)
        {
            for (int i = 0; i < 3; i++)
            {
                Distribution q = new Normal(Param($"loc{i}", 0.0), Param($"scale{i}", 1.0, Constraints.Positive));
                using PlateScope copies = Plate("copies", copiesOfStep);
                Sample($"z{i}", isPathwise ? q : new WithoutPathwise(q));
            }
        }
    }

    [Theory]
    [InlineData("trace")]
    [InlineData("landing")]
    [InlineData("graph")]
    [InlineData("mean field")]
    [InlineData("renyi 0.5")]
    [InlineData("renyi 2")]
    [InlineData("weighted")]
    [Trait("Once", "Cultures")]
    public void A_guide_with_the_posteriors_structure_reaches_minus_the_log_evidence(string objective)
    {
        Svi<int> svi =
            new(_ => Model(Copies), Guide, new Adam(0.05) { Schedule = new CosineSchedule(Steps) }, ConjugateTests.Objective(objective), seed: 4);
        svi.Run(0, Steps);
        Assert.Equal(0.75, svi.Parameters["loc"].Item(), 0.05);
        Assert.Equal(0.5, svi.Parameters["slope"].Item(), 0.06);
        Assert.Equal(0.5, svi.Parameters["shiftA"].Item(), 0.05);
        Assert.Equal(1, svi.Parameters["shiftB"].Item(), 0.05);
        Assert.Equal(MinusLogEvidence, Enumerable.Range(0, 20).Average(_ => svi.Evaluate(0)) / Copies, 0.05);

        static void Guide(int _)
        {
            Tensor loc = Param("loc", 0.0), slope = Param("slope", 0.0), low = Param("shiftA", 0.0), high = Param("shiftB", 0.0);
            Tensor top = Param("top", 1.0, Constraints.Positive), foot = Param("base", 1.0, Constraints.Positive);
            using PlateScope copies = Plate("copies", Copies);
            Tensor r = Sample("z0", new Normal(loc, top));
            Sample("z1", new Normal((slope * r) + low, foot));
            Sample("z2", new Normal((slope * r) + high, foot));
        }
    }

    [Fact]
    public void AutoMultivariateNormal_reaches_minus_the_log_evidence()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoMultivariateNormal<int> guide = new AutoLaplace<int>(Single).Approximate(0);
        Svi<int> svi = new(Single, guide, new Adam(), new TraceElbo(), seed: 1);
        Assert.Equal(MinusLogEvidence, svi.Evaluate(0), 1e-6);
        Assert.Equal(Means, guide.FreeMean(null).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.5, 0.625, 0.625], Enumerable.Range(0, 3).Select(i => guide.FreeCovariance(null)[i, i].Item()),
            (a, b) => Math.Abs(a - b) < 1e-6);
    }

    private static void Model(int copies)
    {
        using PlateScope side = Plate("copies", copies);
        Single(0);
    }

    private static void Single(int data)
    {
        Tensor r = Sample("z0", new Normal(0, 1)), a = Sample("z1", new Normal(r, 1)), b = Sample("z2", new Normal(r, 1));
        Sample("y1", new Normal(a, 1), observed: 1.0);
        Sample("y2", new Normal(b, 1), observed: 2.0);
    }
}
