namespace Pyrite.Conformance;

/// <summary>Slopes at closed borders of constraints, by hand.</summary>
public sealed class BorderSlopeTests
{
    [Theory]
    [InlineData(0, 2, -1)]
    [InlineData(0, 0, 6.38905609893065)]       // (1 - e^-2) / e^-2
    [InlineData(1, 0, 0.864664716763387)]      // 1 - e^-2
    public void A_gate_at_its_border_has_the_slope_of_the_chance(double gate, double count, double slope)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Assert.Equal(slope, Slope(g => new ZeroInflatedPoisson(2.0, gate: g), gate, count), 1e-12);
        Assert.Equal(slope, Slope(g => new ZeroInflated(new Poisson(2.0), gate: g), gate, count), 1e-12);
    }

    [Fact]
    public void A_hurdle_at_the_border_has_the_slope_of_its_own_side()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Assert.Equal(-1, Slope(g => new Hurdle(new Poisson(2.0), gate: g), 0, 2), 1e-12);
        Assert.Equal(double.PositiveInfinity, Slope(g => new Hurdle(new Poisson(2.0), gate: g), 0, 0));
        Assert.Equal(1, Slope(g => new Hurdle(new Poisson(2.0), gate: g), 1, 0), 1e-12);
    }

    [Fact]
    public void A_mean_of_nothing_has_a_slope()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Assert.Equal(-1, Slope(mean => new NegativeBinomial2(mean, 2.5), 0, 0), 1e-12);
        Assert.Equal(-1, Slope(rate => new Poisson(rate), 0, 0), 1e-12);
        Assert.Equal(-3, Slope(p => new Binomial(3, p), 0, 0), 1e-12);
    }

    [Fact]
    public void A_category_without_chance_does_not_spoil_the_others()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor probs = Tensor.From([0.0, 0.5, 0.3]).AsVariable();
        double[] want = [-1.25, 0.75, -1.25];      // 1/p of the chosen, minus 1 / Σ p
        Assert.Equal(want,
            Gradient.Of(new Categorical(probs).LogProb(Tensor.From([1.0])).Sum(), [probs])[0].ToArray<double>().Select(x => Math.Round(x, 12)));
        Assert.Equal(want,
            Gradient.Of(new OneHotCategorical(probs).LogProb(Tensor.From([0.0, 1, 0])), [probs])[0].ToArray<double>().Select(x => Math.Round(x, 12)));
    }

    private static double Slope(Func<Tensor, Distribution> make, double parameter, double value) =>
        Gradient.Of(p => make(p).LogProb(Tensor.Full(Shape.Scalar, value)), Tensor.Full(Shape.Scalar, parameter)).Item();
}
