using Pyrite.Testing;

namespace Pyrite.Conformance;

/// <summary>What every family of real numbers must satisfy.</summary>
/// <remarks>Fixed seeds; a right program fails a single statistical check with chance 1e-7.</remarks>
public sealed class ContinuousConformanceTests
{
    private const int Draws = 20_000;
    private const double FalseAlarmRate = 1e-7;

    public static TheoryData<string> Names => [.. ScalarFamilies.Continuous.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Draws_follow_the_distribution_function(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = Make(name);
        Tensor draws = distribution.Sample(RandomKey.FromSeed(7), [Draws]);
        Assert.True(distribution.Support.Check(draws).All());
        if (name == "SkewNormal")
        {
            return;
        }
        double[] probabilities = distribution.Cdf(draws).ToArray<double>();
        StatisticalAssert.KolmogorovSmirnov(probabilities, p => Math.Clamp(p, 0, 1), FalseAlarmRate, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_density_is_the_slope_of_the_distribution_function(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = Make(name);
        if (name == "SkewNormal")
        {
            return;
        }
        Tensor x = distribution.Sample(RandomKey.FromSeed(8), [20]);
        Tensor step = 1e-5 * (0.1 + x.Abs());
        Tensor slope = (distribution.Cdf(x + step) - distribution.Cdf(x - step)) / (2 * step);
        Close.Assert(slope.ToArray<double>(), distribution.LogProb(x).Exp().ToArray<double>(), 2e-4, 1e-5, name);
        Close.Assert((distribution.Cdf(x) + distribution.SurvivalFunction(x)).ToArray<double>(), [.. Enumerable.Repeat(1.0, 20)], 0, 1e-12, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void Quantiles_invert_the_distribution_function(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = Make(name);
        if (name is "SkewNormal" or "FoldedNormal" or "InverseGaussian")
        {
            Assert.Throws<NotSupportedException>(() => distribution.InverseCdf(0.3));
            return;
        }
        Tensor p = Tensor.From([0.001, 0.2, 0.5, 0.7, 0.999]);
        Close.Assert(distribution.Cdf(distribution.InverseCdf(p)).ToArray<double>(), p.ToArray<double>(), 1e-9, 0, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void Moments_are_those_of_the_density(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = Make(name);
        if (name is "Cauchy" or "HalfCauchy" or "TruncatedCauchy" or "Levy" or "Gompertz" or "Truncated")
        {
            return;
        }
        double[] draws = distribution.Sample(RandomKey.FromSeed(9), [Draws]).ToArray<double>();
        double mean = distribution.Mean.Item();
        double variance = distribution.Variance.Item();
        StatisticalAssert.MeanWithin(draws, mean, Math.Sqrt(variance), FalseAlarmRate, name);
        StatisticalAssert.MeanWithin([.. draws.Select(x => (x - mean) * (x - mean))], variance, FalseAlarmRate, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_of_the_score_agree_with_differences(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double[] parameters, Func<Tensor[], Distribution> make) = ScalarFamilies.Continuous[name];
        Tensor value = make([.. parameters.Select(p => (Tensor)p)]).InverseOrSample();
        Tensor[] inputs = [.. parameters.Select(p => Tensor.Full(Shape.Scalar, p)), value];
        GradientCheck.Verify(p => make(p[..^1]).LogProb(p[^1]).Sum(), inputs, 1e-5, 1e-6);
    }

    [Theory, MemberData(nameof(Names))]
    public void Pathwise_derivatives_are_those_of_the_quantile_function(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double[] parameters, Func<Tensor[], Distribution> make) = ScalarFamilies.Continuous[name];
        Tensor[] variables = [.. parameters.Select(p => Tensor.Full([50], p).AsVariable())];
        Distribution distribution = make(variables);
        if (!distribution.HasReparameterizedSample || name is "SkewNormal" or "StudentT" or "HalfStudentT" or "AsymmetricLaplace" or "FisherSnedecor" or "FoldedNormal" or "Beta" or "BetaProportion")
        {
            return;   // several sources of randomness: the derivative is then not that at a fixed probability
        }
        Tensor draws = distribution.Sample(RandomKey.FromSeed(11));
        Tensor held = draws.Detach();
        for (int i = 0; i < variables.Length; i++)
        {
            Tensor got = Gradient.Of(draws.Sum(), [variables[i]])[0];
            Tensor[] fixedOnes = [.. parameters.Select(p => Tensor.Full([50], p))];
            double step = 1e-5;
            Tensor[] up = [.. fixedOnes];
            Tensor[] down = [.. fixedOnes];
            up[i] = up[i] + step;
            down[i] = down[i] - step;
            Tensor change = (make(up).Cdf(held) - make(down).Cdf(held)) / (2 * step);
            Tensor want = -change / make(fixedOnes).LogProb(held).Exp();
            Close.Assert(got.ToArray<double>(), want.ToArray<double>(), 1e-3, 1e-4, $"{name} by parameter {i}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Single_precision_agrees_with_double(string name)
    {
        (double[] parameters, Func<Tensor[], Distribution> make) = ScalarFamilies.Continuous[name];
        Tensor[] wide = [.. parameters.Select(p => Tensor.Full([4], p, DType.Float32).To(DType.Float64))];
        Tensor[] narrow = [.. wide.Select(p => p.To(DType.Float32))];
        Distribution distribution = make(narrow);
        Tensor value = distribution.Sample(RandomKey.FromSeed(12));
        Assert.Equal(DType.Float32, value.DType);
        Tensor score = distribution.LogProb(value);
        Assert.Equal(DType.Float32, score.DType);
        Close.Assert(score.ToArray<double>(), make(wide).LogProb(value.To(DType.Float64)).ToArray<double>(), 1e-3, 1e-4, name);
    }

    private static Distribution Make(string name)
    {
        (double[] parameters, Func<Tensor[], Distribution> make) = ScalarFamilies.Continuous[name];
        return make([.. parameters.Select(p => (Tensor)p)]);
    }
}
