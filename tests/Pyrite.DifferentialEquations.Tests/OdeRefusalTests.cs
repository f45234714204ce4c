namespace Pyrite.Tests;

public sealed class OdeRefusalTests
{
    private static readonly Tensor One = Tensor.From([1.0]);

    private static int calls;

    [Fact]
    public void Times_out_of_order_are_refused()
    {
        Refused(() => Decay(One, 0, [1.0, 3.0, 2.0]), "times[2] is 2", "times[1] is 3", "one way");
        Refused(() => Decay(One, 2, [1.0, 3.0]), "times[0] is 1", "t0 is 2");
        Refused(() => Decay(One, 0, [1.0, double.NaN]), "times[1] is NaN");
        Refused(() => Decay(One, 1, [2.0, 1.0]), "must go one way");
    }

    [Fact]
    public void States_that_are_not_finite_are_refused() =>
        Refused(() => Decay(Tensor.From([1.0, double.NaN]), 0, [1.0]), "component 1 of y0 is NaN");

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused(() => Ode.Solve((t, y) => y.Sum(), Tensor.From([1.0, 2.0]), 0, One), "right-hand side", "shape []", "shape [2]");
        Refused(() => Ode.Solve((t, y) => -y, One, Tensor.From([0.0, 1.0]), One), "t0 has shape [2]");
        Refused(() => Ode.Solve((t, y) => -y, One, 0, Tensor.Zeros([2, 2], DType.Float64)), "times have shape [2, 2]");
        OdeEvent wider = OdeEvent.At(0.5, y => y.Sum() + Tensor.From([1.0, 2.0]));
        Refused(() => Ode.Solve((t, y) => -y, One, 0, One, events: [wider]), "event 0", "shape [2]");
        Refused(() => Ode.Solve((t, y) => -y, One, 0, One, new Tsit5 { AbsoluteTolerance = Tensor.From([1.0, 2.0]) }), "AbsoluteTolerance", "[2]");
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Refused(() => Ode.Solve((t, y) => -y, One, 0, One, new Tsit5 { RelativeTolerance = 0 }), "Tsit5", "RelativeTolerance is 0");
        Refused(() => Ode.Solve((t, y) => -y, One, 0, One, new Rodas5 { MaxSteps = 0 }), "Rodas5", "MaxSteps is 0");
        Refused(() => Ode.Solve((t, y) => -y, One, 0, One, new Tsit5 { FirstStep = -1 }), "FirstStep is -1");
    }

    [Fact]
    public void A_lambda_that_cannot_be_recorded_is_refused()
    {
        Refused(() => Ode.Solve((t, y) => y[0].Item() > 0 ? -y : y, One, 0, One), "right-hand side", "Tensor.Where");
        Refused(() => Ode.Solve((t, y) => calls++ % 2 == 0 ? -y : y.Exp(), One, 0, One), "right-hand side", "not do the same both times");
    }

    [Fact]
    public void Solutions_that_grow_without_bound_are_refused_with_the_time()
    {
        OdeException refusal = Assert.Throws<OdeException>(() => Ode.Solve((t, y) => y * y, One, 0, 2.0));

        Assert.Equal(OdeStatus.StepTooSmall, refusal.Status);
        Assert.Equal(1.0, refusal.Time, 1e-6);
        Assert.Contains("grows without bound", refusal.Message);
    }

    [Fact]
    public void Steps_are_counted()
    {
        OdeException refusal = Assert.Throws<OdeException>(
            () => Ode.Solve((t, y) => -1e6 * (y - t.Cos()), One, 0, 10.0, new Tsit5 { MaxSteps = 500 }));

        Assert.Equal(OdeStatus.TooManySteps, refusal.Status);
        Assert.Contains("500 steps", refusal.Message);
        Assert.Contains("Rodas5", refusal.Message);
    }

    [Fact]
    public void Slopes_that_are_no_numbers_are_refused()
    {
        OdeException refusal = Assert.Throws<OdeException>(() => Ode.Solve((t, y) => (y - 2.0).Log(), One, 0, 1.0));

        Assert.Equal(OdeStatus.NotFinite, refusal.Status);
    }

    [Fact]
    public void Failures_are_reported_on_request()
    {
        OdeSolution solution = Ode.Solve((t, y) => y * y, One, 0, Tensor.From([0.5, 2.0]), reportFailure: true);

        Assert.Equal(OdeStatus.StepTooSmall, solution.Status);
        double[] values = solution.Values.ToArray<double>();
        Assert.Equal(2.0, values[0], 1e-4);
        Assert.True(double.IsNaN(values[1]));
    }

    private static OdeSolution Decay(Tensor y0, double t0, double[] times) => Ode.Solve((t, y) => -y, y0, t0, Tensor.From(times));

    private static void Refused(Func<OdeSolution> solve, params string[] parts)
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(solve);
        Assert.All(parts, part => Assert.Contains(part, refusal.Message));
    }
}
