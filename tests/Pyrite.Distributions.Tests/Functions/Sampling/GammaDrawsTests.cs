using Pyrite.Testing;

namespace Pyrite.Sampling;

/// <summary>Gamma draws and what is made of them, from tiny to huge concentrations.</summary>
/// <remarks>Fixed seeds; a right program fails a single check with chance 1e-6, the whole class with chance below 1e-4.</remarks>
[Trait("Once", "Cultures")]
public sealed class GammaDrawsTests
{
    private const int Draws = 100_000;
    private const double FalseAlarmRate = 1e-6;

    private static readonly RandomKey Key = RandomKey.FromSeed(31);

    [Theory]
    [InlineData(1e-4, DType.Float64)]
    [InlineData(0.01, DType.Float64)]
    [InlineData(0.5, DType.Float64)]
    [InlineData(1, DType.Float64)]
    [InlineData(1.001, DType.Float64)]
    [InlineData(7, DType.Float64)]
    [InlineData(1000, DType.Float64)]
    [InlineData(1e6, DType.Float64)]
    [InlineData(1e-4, DType.Float32)]
    [InlineData(0.5, DType.Float32)]
    [InlineData(7, DType.Float32)]
    [InlineData(1000, DType.Float32)]
    public void Logarithms_follow_the_distribution_function(double concentration, DType type)
    {
        double[] logs = Key.Child(1).LogGamma(concentration, [Number(concentration)], type).ToArray<double>();
        StatisticalAssert.KolmogorovSmirnov(Probabilities(logs, concentration), p => p, FalseAlarmRate, $"concentration {concentration}");
    }

    [Theory]
    [InlineData(0.3, DType.Float64)]
    [InlineData(2.5, DType.Float64)]
    [InlineData(1e6, DType.Float64)]
    [InlineData(0.3, DType.Float32)]
    [InlineData(2.5, DType.Float32)]
    [InlineData(1e6, DType.Float32)]
    public void Draws_follow_the_distribution_function(double concentration, DType type)
    {
        Tensor draws = new Gamma(Tensor.Full(Shape.Scalar, concentration, type), 1).Sample(Key.Child(2), [Number(concentration)]);
        Assert.Equal(type, draws.DType);
        double[] logs = [.. draws.ToArray<double>().Select(x => Math.Log(x))];
        StatisticalAssert.KolmogorovSmirnov(Probabilities(logs, concentration), p => p, FalseAlarmRate, $"concentration {concentration}");
    }

    [Theory, InlineData(1e-4), InlineData(1e-2), InlineData(0.4), InlineData(30), InlineData(1e6)]
    public void Halves_of_a_symmetric_Beta_are_equally_likely_and_spread_as_they_should(double concentration)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Beta beta = new(concentration, concentration);
        double[] draws = beta.Sample(Key.Child(3), [Draws]).ToArray<double>();
        long above = draws.LongCount(x => x > 0.5);

        Assert.All(draws, x => Assert.InRange(x, 0, 1));
        StatisticalAssert.ChiSquare([above, Draws - above], [0.5, 0.5], FalseAlarmRate);
        StatisticalAssert.MeanWithin([.. draws.Select(x => (x - 0.5) * (x - 0.5))], 0.25 / ((2 * concentration) + 1), FalseAlarmRate);
    }

    [Fact]
    public void Tiny_Dirichlet_concentrations_choose_one_side_with_the_right_chances()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        double[] concentration = [1e-4, 2e-4, 3e-4, 4e-4];
        double[] draws = new Dirichlet(Tensor.From(concentration)).Sample(Key.Child(4), [Draws]).ToArray<double>();
        long[] chosen = new long[4];
        for (int row = 0; row < Draws; row++)
        {
            ReadOnlySpan<double> x = draws.AsSpan(4 * row, 4);
            Assert.Equal(1, x[0] + x[1] + x[2] + x[3], 1e-12);
            int best = 0;
            for (int k = 1; k < 4; k++)
            {
                best = x[k] > x[best] ? k : best;
            }
            chosen[best]++;
        }
        // The greatest coordinate is nearly 1; rounds in which two sides share matter less than 1e-3.
        StatisticalAssert.ChiSquare(chosen, [0.1, 0.2, 0.3, 0.4], FalseAlarmRate);
    }

    [Fact]
    public void A_draw_that_is_shared_out_to_threads_begins_like_a_short_one()
    {
        Gamma gamma = new(0.8f, 2);
        float[] many = gamma.Sample(Key, [70_001]).ToArray<float>();
        Assert.Equal(gamma.Sample(Key, [5000]).ToArray<float>(), many[..5000]);
        Assert.Equal(gamma.Sample(Key, [40_000]).ToArray<float>(), many[..40_000]);
    }

    [Fact]
    public void Derivatives_of_draws_are_those_of_their_logarithms()
    {
        Tensor concentration = Tensor.LinearSpace(0.01, 40, 500, DType.Float64).AsVariable();
        Tensor draws = Key.Gamma(concentration, [500], DType.Float64);
        Tensor logs = Key.LogGamma(concentration, [500], DType.Float64);
        Tensor seen = draws * (draws > 1e-300).To(DType.Float64);
        double[] direct = Gradient.Of(seen.Sum(), [concentration])[0].ToArray<double>();
        double[] byLogs = Gradient.Of((logs.Exp() * (draws > 1e-300).To(DType.Float64)).Sum(), [concentration])[0].ToArray<double>();

        Close.Assert(direct, byLogs, 1e-8, 1e-12, "derivatives");
    }

    /// <summary>Fewer draws where the distribution function is slow.</summary>
    private static int Number(double concentration) => concentration > 1e5 ? Draws / 10 : Draws;

    /// <summary>P(a, x); below 1e-30 its leading term, which does not underflow: x^a / Γ(a + 1).</summary>
    private static double[] Probabilities(double[] logs, double concentration)
    {
        Tensor x = Tensor.From([.. logs.Select(x => Math.Exp(x))]);
        double[] probabilities = Tensor.Full([logs.Length], concentration, DType.Float64).GammaLower(x).ToArray<double>();
        double logFactorial = Tensor.Full(Shape.Scalar, concentration + 1, DType.Float64).LogGamma().Item();
        for (int i = 0; i < logs.Length; i++)
        {
            probabilities[i] = logs[i] < -70 ? Math.Exp((concentration * logs[i]) - logFactorial) : probabilities[i];
        }
        return probabilities;
    }
}
