using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Events that end a solve: a fall from 20 m, whose end is known, √(2h/g), and a decay to a half, log 2 / rate.</summary>
public sealed class OdeEndTests
{
    private const double Height = 20, Gravity = 9.81;

    private static readonly double EndOfFall = Math.Sqrt(2 * Height / Gravity);

    public static TheoryData<OdeSolver, OdeGradient?> Ways => new()
    {
        { new Tsit5 { RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-9 }, null },
        { new Tsit5 { RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-9 }, OdeGradient.Adjoint },
        { new Rodas5 { RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-9 }, null },
        { new Rodas5 { RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-9 }, OdeGradient.Adjoint },
    };

    [Theory, MemberData(nameof(Ways))]
    public void A_fall_ends_on_the_ground_and_its_end_has_a_gradient(OdeSolver solver, OdeGradient? gradient)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor height = Tensor.From([Height])[0].AsVariable(), gravity = Tensor.From([Gravity])[0].AsVariable();
        OdeSolution fall = Ode.Solve((t, y) => Tensor.Stack([y[1], -gravity]), Tensor.Stack([height, 0.0 * height]), 0, Tensor.From([1.0, 5, 9]),
            solver, [OdeEvent.End((t, y) => y[0])], gradient);

        Assert.Equal(OdeStatus.EndedByEvent, fall.Status);
        Assert.Equal(EndOfFall, fall.Time, 1e-9);
        Assert.Equal(EndOfFall, fall.End.Item(), 1e-9);
        double speed = -Gravity * EndOfFall;
        Close.Assert(fall.Values.ToArray<double>(), [Height - (Gravity / 2), -Gravity, 0, speed, 0, speed], 1e-8, 1e-8, "states");

        // d√(2h/g) = √(2h/g) (dh/2h - dg/2g), and the speed at the ground is √(2gh).
        Assert.Equal(EndOfFall / (2 * Height), GradientOf(fall.End, height), 1e-8);
        Assert.Equal(-EndOfFall / (2 * Gravity), GradientOf(fall.End, gravity), 1e-8);
        Assert.Equal(speed / (2 * Height), GradientOf(fall.Values[2][1], height), 1e-8);
        Assert.Equal(speed / (2 * Gravity), GradientOf(fall.Values[2][1], gravity), 1e-8);
        Assert.Equal(0, GradientOf(fall.Values[1][0], height), 1e-8);
    }

    [Fact]
    public void Solves_that_nothing_ends_are_solved_and_end_at_the_last_time()
    {
        OdeSolution decay = Ode.Solve((t, y) => -y, Tensor.From([1.0]), 0, Tensor.From([0.5, 1]), events: [OdeEvent.End((t, y) => y[0] - 0.2)]);

        Assert.Equal(OdeStatus.Solved, decay.Status);
        Assert.Equal(1, decay.End.Item());
    }

    [Fact]
    public void A_solve_backwards_in_time_ends_as_well()
    {
        OdeSolution decay = Ode.Solve((t, y) => -y, Tensor.From([1.0]), 5, Tensor.From([4.0, 0]), events: [OdeEvent.End((t, y) => y[0] - 2)]);

        Assert.Equal(OdeStatus.EndedByEvent, decay.Status);
        Assert.Equal(5 - Math.Log(2), decay.Time, 1e-6);
    }

    [Fact]
    public void A_density_of_the_end_is_recorded_with_its_gradient()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor rate = Sample("rate", new LogNormal(0, 0.5));
            OdeSolution decay = Ode.Solve((t, y) => -rate * y, Tensor.From([1.0]), 0, 10.0, events: [OdeEvent.End((t, y) => y[0] - 0.5)]);
            Factor("seen", -10 * (decay.End - 0.7).Square());
        });
        double[] gradient = new double[1];
        double value = potential.LogDensity([0.1], gradient);

        // End = log 2 / rate; the prior of log rate is Normal(0, 0.5).
        double end = Math.Log(2) / Math.Exp(0.1);
        Assert.True(potential.IsReplayed);
        Assert.Equal((-10 * Math.Pow(end - 0.7, 2)) - (0.5 * 0.04) - Math.Log(0.5 * Math.Sqrt(2 * Math.PI)), value, 1e-5);
        Assert.Equal((20 * (end - 0.7) * end) - 0.4, gradient[0], 1e-5);
    }

    [Fact]
    public void Sensitivities_solved_along_are_refused_in_words()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Ode.Solve((t, y) => -y, Tensor.From([1.0]), 0, 1.0,
            events: [OdeEvent.End((t, y) => y[0] - 0.5)], gradient: OdeGradient.Forward));

        Assert.Contains("OdeGradient.Discrete", refusal.Message);
    }

    /// <summary>The adjoint of gravity is zero at the end of a fall and grows from there: its tolerance may not be zero.</summary>
    [Fact]
    public void Adjoint_gradients_that_begin_at_zero_are_found()
    {
        Tensor gravity = Tensor.From([Gravity])[0].AsVariable();
        Tensor height = Ode.Solve((t, y) => Tensor.Stack([y[1], -gravity]), Tensor.From([Height, 0]), 0, 1.5, gradient: OdeGradient.Adjoint).Values;

        Assert.Equal(-0.5 * 1.5 * 1.5, GradientOf(height[0][0], gravity), 1e-6);
    }

    private static double GradientOf(Tensor output, Tensor variable) => Gradient.Of(output, [variable])[0].Item();
}
