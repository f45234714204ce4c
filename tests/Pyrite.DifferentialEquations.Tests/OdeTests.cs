using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class OdeTests
{
    private static Tensor Rate { get; } = Tensor.From([0.7]);

    [Fact]
    public void A_solution_tells_its_values_steps_and_status()
    {
        OdeSolution solution = Decay(Tensor.From([0.0, 1.0, 3.0]));

        Assert.Equal([3, 1], solution.Values.Shape);
        Close.Assert(solution.Values.ToArray<double>(), [5, 5 * Math.Exp(-0.7), 5 * Math.Exp(-2.1)], 1e-5, 0, "exponential decay");
        Assert.Equal(OdeStatus.Solved, solution.Status);
        Assert.Equal(3.0, solution.Time);
        Assert.Equal(solution.Statistics.Steps, solution.Steps);
        OdeStatistics cost = solution.Statistics;
        Assert.True(cost is { Steps: > 3, Events: 0, Jacobians: 0 } && cost.Slopes >= 6 * cost.Steps, cost.ToString());
    }

    [Fact]
    public void Time_may_run_backwards()
    {
        double[] values = Decay(Tensor.From([0.0, -1.0, -2.0])).Values.ToArray<double>();

        Close.Assert(values, [5, 5 * Math.Exp(0.7), 5 * Math.Exp(1.4)], 1e-5, 0, "decay backwards");
    }

    [Fact]
    public void Outputs_may_all_be_at_the_start()
    {
        OdeSolution solution = Decay(Tensor.From([0.0, 0.0]));

        Assert.Equal([5, 5], solution.Values.ToArray<double>());
        Assert.Equal(0, solution.Steps);
    }

    [Fact]
    public void A_state_may_have_any_shape()
    {
        Tensor start = Tensor.From([1.0, 2, 3, 4], [2, 2]), rates = Tensor.From([0.5, 1.0], [2, 1]);
        Tensor batch = Ode.Solve((t, y) => -rates * y, start, 0, Tensor.From([1.0])).Values;
        Tensor scalar = Ode.Solve((t, y) => -0.5 * y, 1.0, 0, 1.0).Values;

        Assert.Equal([1, 2, 2], batch.Shape);
        Close.Assert(batch.ToArray<double>(), [Math.Exp(-0.5), 2 * Math.Exp(-0.5), 3 * Math.Exp(-1), 4 * Math.Exp(-1)], 1e-5, 0, "a batch");
        Assert.Equal([1], scalar.Shape);
    }

    [Fact]
    public void Values_have_the_type_of_the_state()
    {
        Tensor rate = Rate, values = Ode.Solve((t, y) => -rate * y, Tensor.From([5f]), 0, Tensor.From([1.0])).Values;

        Assert.Equal(DType.Float32, values.DType);
        Close.Assert([values.ToArray<float>()[0]], [5 * Math.Exp(-0.7)], 1e-5, 0, "Float32");
    }

    [Fact]
    public void Captured_tensors_of_other_types_are_converted()
    {
        Tensor index = Tensor.From([1L]), rates = Tensor.From([9f, 0.7f]).AsVariable();
        Tensor values = Ode.Solve((t, y) => -rates.Take(index, 0) * y, Tensor.From([5.0]), 0, Tensor.From([1.0])).Values;

        Close.Assert(values.ToArray<double>(), [5 * Math.Exp(-0.7)], 1e-5, 0, "decay");
        float[] gradient = Gradient.Of(values.Sum(), [rates])[0].ToArray<float>();
        Close.Assert([.. gradient.Select(x => (double)x)], [0, -5 * Math.Exp(-0.7)], 1e-4, 1e-6, "its gradient");
    }

    [Fact]
    public void A_dose_at_the_start_counts_and_outputs_show_the_state_before_events()
    {
        Tensor rate = Rate;
        double[] values = Ode.Solve((t, y) => -rate * y, Tensor.From([5.0]), 0, Tensor.From([0.0, 1.0, 2.0]),
            events: [OdeEvent.Add(Tensor.From([1.0, 0.0, 2.0, -3.0, 7.0]), 3.0)]).Values.ToArray<double>();

        double k = Math.Exp(-0.7);
        Close.Assert(values, [5, 8 * k, ((8 * k) + 3) * k], 1e-5, 0, "doses at 0 and 1");
    }

    [Fact]
    public void Events_of_one_time_happen_in_their_order()
    {
        OdeSolution solution = Ode.Solve((t, y) => 0.0 * y, 1.0, 0, 2.0, events: [OdeEvent.At(1.0, y => y + 1.0), OdeEvent.At(1.0, y => 10.0 * y)]);

        Assert.Equal(20, solution.Values.ToArray<double>()[0], 1e-12);
        Assert.Equal(2, solution.Statistics.Events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_ball_bounces_where_its_height_is_zero(bool isStiff)
    {
        OdeSolver solver = isStiff ? new Rodas5() : new Tsit5();
        OdeSolution solution = Ode.Solve((t, y) => Tensor.Stack([y[1], -10.0]), Tensor.From([5.0, 0.0]), 0, Tensor.From([0.5, 1.5, 2.5]), solver,
            [OdeEvent.When((t, y) => y[0], y => Tensor.Stack([y[0], -0.5 * y[1]]), OdeCrossing.Falling)]);

        // It falls for 1, flies for 1, and for 1/2 at half the speed.
        Close.Assert(solution.Values.Select(1, 0).ToArray<double>(), [3.75, 1.25, 0], 1e-9, 1e-6, "heights");
        Assert.InRange(solution.Statistics.Events, 2, 3);
    }

    [Fact]
    public void A_root_that_moves_away_counts_once()
    {
        OdeSolution solution = Ode.Solve((t, y) => Tensor.Ones([1], DType.Float64), Tensor.From([-1.0]), 0, 3.0,
            events: [OdeEvent.When((t, y) => y[0] - 0.25, y => y + 1.0, OdeCrossing.Rising)]);

        Assert.Equal(3.0, solution.Values.ToArray<double>()[0], 1e-9);
        Assert.Equal(1, solution.Statistics.Events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Solutions_have_the_same_bits_whenever_they_are_computed(bool isStiff)
    {
        OdeSolver solver = isStiff ? new Rodas5() : new Tsit5();
        double[][] runs = [.. Enumerable.Range(0, 3).Select(_ => Decay(Tensor.From([1.0, 2.5]), solver).Values.ToArray<double>())];
        double[][] threads = new double[4][];
        Parallel.For(0, 4, i => threads[i] = Decay(Tensor.From([1.0, 2.5]), solver).Values.ToArray<double>());

        Assert.All([.. runs, .. threads], run => Assert.Equal(runs[0], run));
    }

    private static OdeSolution Decay(Tensor times, OdeSolver? solver = null)
    {
        Tensor rate = Rate;
        return Ode.Solve((t, y) => -rate * y, Tensor.From([5.0]), 0, times, solver);
    }
}
