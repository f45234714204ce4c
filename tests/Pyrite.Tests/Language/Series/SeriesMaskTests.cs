using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Rounds of a series that do not count are as if they were not there.</summary>
public sealed class SeriesMaskTests
{
    /// <summary>Of seven rounds the third one, and the last two.</summary>
    private static readonly bool[] Counting = [true, true, false, true, true, false, false];

    private static readonly double[] Data = [0.5, -0.2, double.NaN, 0.9, 0.1, double.NaN, double.PositiveInfinity];

    [Fact]
    public void Rounds_that_do_not_count_hold_the_carry_and_give_zeros_and_no_gradient()
    {
        Tensor phi = Tensor.Full([], 0.7, DType.Float64).AsVariable(), sigma = Tensor.Full([], 0.8, DType.Float64).AsVariable();
        (Tensor carry, Tensor outputs, Tensor density) = Level(phi, sigma, Data, Counting);
        double[] there = [.. Data.Where((_, t) => Counting[t])];
        (Tensor carryThere, Tensor outputsThere, Tensor densityThere) = Level(phi, sigma, there, null);

        Assert.Equal(carryThere.Item(), carry.Item());
        Assert.Equal(outputsThere.ToArray<double>(), outputs.ToArray<double>().Where((_, t) => Counting[t]));
        Assert.All(outputs.ToArray<double>().Where((_, t) => !Counting[t]), output => Assert.Equal(0, output));
        Assert.Equal(densityThere.Item(), density.Item(), 1e-12);
        double[] gradient = [.. Gradient.Of(density + (3 * carry), [phi, sigma]).Select(g => g.Item())];
        double[] expected = [.. Gradient.Of(densityThere + (3 * carryThere), [phi, sigma]).Select(g => g.Item())];
        Assert.Equal(expected[0], gradient[0], 1e-12);
        Assert.Equal(expected[1], gradient[1], 1e-12);
    }

    [Fact]
    public void Padding_reaches_no_gradient_at_all()
    {
        Tensor sigma = Tensor.Full([], 0.8, DType.Float64).AsVariable(), phi = Tensor.Full([], 0.7, DType.Float64).AsVariable();
        (Tensor carry, _, Tensor density) = Level(phi, sigma, Data, new bool[Data.Length]);
        Assert.Equal(0, carry.Item());
        Assert.Equal(0, density.Item());
        Assert.All(Gradient.OrNull(density + carry, [phi, sigma]), gradient => Assert.Equal(0, gradient?.Item() ?? 0));
    }

    [Fact]
    public void Series_of_several_lengths_stand_side_by_side()
    {
        Tensor mask = Tensor.From(new[,] { { true, true }, { true, true }, { true, false }, { true, false } });
        double[,] data = { { 0.5, 1 }, { -0.2, 0.3 }, { 0.4, double.NaN }, { 0.1, double.NaN } };
        Trace both = Trace.Of(() =>
        {
            using PlateScope series = Plate("series", 2);
            Over(Tensor.Zeros([2], DType.Float64), Tensor.From(data), mask);
        });
        double[] found = ((SampleSite)both["y"]).LogProb().ToArray<double>();
        double[][] each = [[0.5, -0.2, 0.4, 0.1], [1, 0.3]];
        for (int i = 0; i < each.Length; i++)
        {
            Trace one = Trace.Of(() => Over(Tensor.Zeros([], DType.Float64), Tensor.From(each[i]), null));
            Assert.Equal(one.LogProb().Item(), found[i], 1e-12);
        }

        static void Over(Tensor carry, Tensor data, Tensor? mask) => Scan.Over("days", carry, data, (level, today) =>
        {
            Sample("y", new Normal(level, 0.7), observed: today);
            return ((0.5 * level) + (0.3 * today), level);
        }, mask);
    }

    /// <summary>Latents of the rounds that count, and no others: the potential has the density of the series without the rest.</summary>
    [Fact]
    public void A_latent_has_the_rounds_that_count()
    {
        Potential whole = Potential.Of(() => Walk(Data, Counting)), there = Potential.Of(() => Walk([.. Data.Where((_, t) => Counting[t])], null));
        Assert.Equal(there.Dimension, whole.Dimension);
        double[] point = [0.1, 0.4, -0.3, 0.6], gradient = new double[4], expected = new double[4];
        Assert.Equal(there.LogDensity(point, expected), whole.LogDensity(point, gradient), 1e-12);
        for (int i = 0; i < point.Length; i++)
        {
            Assert.Equal(expected[i], gradient[i], 1e-12);
        }

        static void Walk(double[] data, bool[]? counting) => Scan.Over("days", Tensor.Zeros([], DType.Float64), Tensor.From(data), (level, today) =>
        {
            Tensor next = Sample("level", new Normal(level, 0.5));
            Sample("y", new Normal(next, 1.0), observed: today);
            return (next, next);
        }, counting is null ? null : Tensor.From(counting));
    }

    [Fact]
    public void A_mask_of_another_kind_is_refused()
    {
        Assert.Contains("7 rounds", Refused(Tensor.From([true, false])));
        Assert.Contains("Float64", Refused(Tensor.From(Data)));
        Assert.Contains("must begin", Refused(Tensor.From(new bool[7, 2])));

        static string Refused(Tensor mask) => Assert.Throws<ModelException>(() => Trace.Of(() =>
            Scan.Over("days", Tensor.Zeros([], DType.Float64), Tensor.From(Data), (level, today) => (level + today, level), mask))).Message;
    }

    private static (Tensor Carry, Tensor Outputs, Tensor Density) Level(Tensor phi, Tensor sigma, double[] data, bool[]? counting)
    {
        Tensor carry = null!, outputs = null!;
        Trace trace = Trace.Of(() =>
        {
            (carry, outputs) = Scan.Over("days", Tensor.Zeros([], DType.Float64), Tensor.From(data), (level, today) =>
            {
                Sample("y", new Normal(level, sigma), observed: today);
                return ((phi * level) + (today * sigma.Log()), level * today);
            }, counting is null ? null : Tensor.From(counting));
        });
        return (carry, outputs, trace.LogProb());
    }
}
