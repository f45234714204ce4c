using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>The density of a loop over time is that of the loop written by hand.</summary>
public sealed class SeriesDensityTests
{
    private static readonly Tensor Returns = SeriesModels.Returns(12);
    private static readonly Tensor H = RandomKey.FromSeed(3).Normal([12], DType.Float64);

    [Fact]
    public void The_log_density_is_that_of_the_loop_by_hand()
    {
        Trace trace = Trace.Of(() => SeriesModels.Volatility(Returns), new SubstituteHandler(("phi", 0.7), ("sigma", 0.4), ("h", H)));

        Assert.Equal(SeriesModels.VolatilityByHand(Returns, 0.7, 0.4, H).Item(), trace.LogProb().Item(), 1e-12);
        Assert.Equal(Shape.Create([12]), trace["h"].Value.Shape);
        Assert.Equal(["phi", "sigma", "h", "y", "deviation"], trace.Sites.Select(site => site.Name));
        Assert.Equal((H / 2).Exp().ToArray<double>(), trace["deviation"].Value.ToArray<double>());
        SampleSite y = (SampleSite)trace["y"];
        Assert.True(y.IsObserved);
        Assert.Same(Returns, y.Value);
        Assert.Equal(new Normal(0, (H / 2).Exp()).LogProb(Returns).Sum().Item(), y.LogProb().Item(), 1e-12);
    }

    [Fact]
    public void Its_gradients_are_those_of_differences()
    {
        Tensor Density(Tensor[] at) => Trace.Of(() => SeriesModels.Volatility(Returns),
            new SubstituteHandler(("phi", at[0]), ("sigma", at[1]), ("h", at[2]))).LogProb();
        Tensor[] point = [Tensor.Full([], 0.7, DType.Float64), Tensor.Full([], 0.4, DType.Float64), H];

        GradientCheck.Verify(Density, point);
        Close.Assert(GradientsOf(Density, point), GradientsOf(at => SeriesModels.VolatilityByHand(Returns, at[0], at[1], at[2]), point), 1e-11, 1e-11,
            "gradients");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void A_potential_has_the_density_of_the_loop_by_hand(int days)
    {
        Tensor returns = SeriesModels.Returns(days);
        Potential potential = Potential.Of(() => SeriesModels.Volatility(returns));
        double[] point = [0.3, -0.2, .. RandomKey.FromSeed(1).Normal([days], DType.Float64).ToArray<double>()], gradient = new double[days + 2];
        double density = potential.LogDensity(point, gradient);

        // phi = 2 / (1 + e^-u) - 1 and sigma = e^v, with their Jacobians.
        Tensor ByHand(Tensor[] at)
        {
            Tensor share = at[0].Sigmoid(), sigma = at[1].Exp();
            return SeriesModels.VolatilityByHand(returns, (2 * share) - 1, sigma, at[2]) + (2 * share * (1 - share)).Log() + at[1];
        }
        Tensor[] variables = [Tensor.Full([], 0.3, DType.Float64), Tensor.Full([], -0.2, DType.Float64), Tensor.From(point[2..])];
        Assert.True(potential.IsReplayed);
        Assert.Equal(ByHand(variables).Item(), density, 1e-9);
        Close.Assert(gradient, GradientsOf(ByHand, variables), 1e-9, 1e-9, "gradients");
        Assert.Equal(["phi", "sigma", "h", "deviation"], potential.Quantities.Select(one => one.Name));
        Assert.Equal(["days"], potential.Sites[2].Dimensions);
    }

    [Fact]
    public void The_rounds_of_a_density_are_one_loop()
    {
        string plan = Inspect.Plan(() => SeriesModels.Volatility(Returns)).ToString();

        Assert.Contains("scan of 12 rounds", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("scan of 12 rounds, by kernels", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_by_count_have_parameters_plates_and_factors_inside()
    {
        static void Model() => Scan.Over("steps", Tensor.Zeros([3], DType.Float64), 5, state =>
        {
            Tensor drift = Param("drift", 0.25);
            using (Plate("walkers", 3))
            {
                state = Sample("x", new Normal(state + drift, 2));
                Factor("pull", -0.1 * state.Square());
            }
            return (state, state.Sum());
        });
        Tensor x = RandomKey.FromSeed(5).Normal([3, 5], DType.Float64);
        Trace trace = Trace.Of(Model, new SubstituteHandler(("x", x)));

        double expected = 0;
        for (int walker = 0; walker < 3; walker++)
        {
            double last = 0;
            for (int t = 0; t < 5; t++)
            {
                double now = x.ToArray<double>()[(walker * 5) + t], z = (now - last - 0.25) / 2;
                expected += (-0.5 * z * z) - Math.Log(2) - (0.5 * Math.Log(2 * Math.PI)) - (0.1 * now * now);
                last = now;
            }
        }
        Assert.Equal(expected, trace.LogProb().Item(), 1e-6);
        Assert.Equal(["drift", "x", "pull"], trace.Sites.Where(site => site is not PlateSite).Select(site => site.Name));
        Assert.Equal(Shape.Create([3]), ((SampleSite)trace["x"]).LogProb().Shape);
        Assert.Equal(["walkers"], trace["x"].Plates.Select(plate => plate.Name));
    }

    [Fact]
    public void Another_value_is_scored_by_its_own_slices()
    {
        Trace trace = Trace.Of(() => SeriesModels.Volatility(Returns), new SubstituteHandler(("phi", 0.7), ("sigma", 0.4), ("h", H)));
        SampleSite h = (SampleSite)trace["h"];
        Tensor other = H + 0.5;

        Tensor before = Tensor.Concat([Tensor.Zeros([1], DType.Float64), H.Slice(0, 0, 11)]);
        Assert.Equal(new Normal(0.7 * before, 0.4).LogProb(other).Sum().Item(), h.Distribution.LogProb(other).Item(), 1e-12);
    }

    [Fact]
    public void A_body_that_reads_numbers_is_called_in_every_round_and_is_right()
    {
        Tensor Model(Tensor h) => Trace.Of(() => Scan.Over("days", Tensor.Zeros([], DType.Float64), Returns, (last, today) =>
        {
            Tensor next = Sample("h", new Normal(last.Item() > 0 ? 0.5 * last : -0.25 * last, 1));
            Sample("y", new Normal(next, 0.7), observed: today);
            return (next, next);
        }), new SubstituteHandler(("h", h))).LogProb();

        double[] h = H.ToArray<double>(), y = Returns.ToArray<double>();
        double expected = 0, last = 0;
        for (int t = 0; t < h.Length; t++)
        {
            double first = h[t] - (last > 0 ? 0.5 * last : -0.25 * last), second = (y[t] - h[t]) / 0.7;
            expected += (-0.5 * ((first * first) + (second * second))) - Math.Log(0.7) - Math.Log(2 * Math.PI);
            last = h[t];
        }
        Assert.Equal(expected, Model(H).Item(), 1e-11);
        GradientCheck.Verify(at => Model(at[0]), H);
    }

    private static double[] GradientsOf(Func<Tensor[], Tensor> function, Tensor[] point)
    {
        Tensor[] variables = [.. point.Select(one => one.AsVariable())];
        return [.. Gradient.Of(function(variables), variables).SelectMany(gradient => gradient.ToArray<double>())];
    }
}
