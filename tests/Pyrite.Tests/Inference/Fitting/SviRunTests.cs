using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class SviRunTests
{
    [Fact]
    public void A_run_gives_its_losses_and_tells_its_progress()
    {
        List<SviProgress> told = [];
        Svi<Tensor> svi = Fit(), alone = Fit();
        SviResult result = svi.Run(0.5, 300, new Listener(told.Add));
        Assert.Equal(SviStopReason.Completed, result.StopReason);
        Assert.Equal(Enumerable.Range(0, 300).Select(_ => alone.Step(0.5)), result.Losses);
        Assert.InRange(told.Count, 100, 300);      // 100 by the number of steps; more where a step takes long
        Assert.Equal(new SviProgress(300, 300, result.Losses[^1]) { IsEnd = true, StopReason = SviStopReason.Completed }, told[^1]);
        Assert.All(told.SkipLast(1), progress => Assert.False(progress.IsEnd));
        Assert.Empty(result.ParametersWithoutGradient);
        Assert.StartsWith("Completed after 300 steps, last loss", result.ToString());
    }

    [Fact]
    public void A_long_run_tells_its_progress_by_time_as_well()
    {
        using CancellationTokenSource source = new();
        Svi<Tensor> svi = Fit();
        SviResult result = svi.Run(Slow, 10_000, new Listener(_ => source.Cancel()), source.Token);
        Assert.Equal(SviStopReason.Cancelled, result.StopReason);
        Assert.InRange(result.Losses.Count, 1, 99);     // by the number of steps alone it would be 100

        static Tensor Slow(long step)
        {
            if (step < 3)
            {
                Thread.Sleep(200);
            }
            return 0.5;
        }
    }

    [Fact]
    public void A_cancelled_run_keeps_what_it_has_learnt()
    {
        using CancellationTokenSource source = new();
        Svi<Tensor> svi = Fit();
        SviProgress last = default;
        SviResult result = svi.Run(0.5, 1000, new Listener(p => Cancel(source, last = p)), source.Token);
        Assert.Equal(SviStopReason.Cancelled, result.StopReason);
        Assert.Equal(new SviProgress(20, 1000, result.Losses[^1]) { IsEnd = true, StopReason = SviStopReason.Cancelled }, last);
        Assert.Equal(20, result.Losses.Count);
        Assert.Equal(20, svi.StepCount);
        Assert.Equal(SviStopReason.Cancelled, svi.Run(0.5, 10, null, source.Token).StopReason);
    }

    [Fact]
    public void A_run_ends_on_a_plateau_and_not_before()
    {
        // The loss is a parabola in one parameter without noise: it falls until it lies flat.
        static void Model(Tensor x) => Sample("y", new Normal(Param("mean", 3.0), 1), observed: x);
        Svi<Tensor> svi = new(Model, _ => { }, new Adam(0.05), new TraceElbo());
        SviResult result = svi.Run(0.0, 5000, stopping: new EarlyStopping(Window: 20, Patience: 2));
        Assert.Equal(SviStopReason.Plateau, result.StopReason);
        Assert.InRange(result.Losses.Count, 80, 1000);
        Assert.Equal(0, svi.Parameters["mean"].Item(), 0.02);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(75)]
    public void A_run_taken_up_from_a_checkpoint_ends_on_the_same_step(int stop)
    {
        static void Model(Tensor x) => Sample("y", new Normal(Param("mean", 3.0), 1), observed: x);
        static Svi<Tensor> New() => new(Model, _ => { }, new Adam(0.05), new TraceElbo());
        EarlyStopping stopping = new(Window: 20, Patience: 2);
        SviResult whole = New().Run(0.0, 5000, stopping: stopping);
        Svi<Tensor> first = New(), inMemory = New(), second = New();
        string path = Path.GetTempFileName();
        List<double> losses = [.. first.Run(0.0, stop, stopping: stopping).Losses];
        first.Save(path);
        second.Load(path, 0.0);
        File.Delete(path);
        inMemory.Restore(first.State(), 0.0);
        SviResult rest = second.Run(0.0, 5000, stopping: stopping);
        Assert.Equal(SviStopReason.Plateau, rest.StopReason);
        Assert.Equal(whole.Losses, losses.Concat(rest.Losses));
        Assert.Equal(rest.Losses, inMemory.Run(0.0, 5000, stopping: stopping).Losses);

        // Other settings watch anew: the lowest mean so far is forgotten.
        Assert.Equal(SviStopReason.Completed, first.Run(0.0, 40, stopping: stopping with { Tolerance = 0.5 }).StopReason);
    }

    [Fact]
    public void A_parameter_that_never_received_a_gradient_is_reported()
    {
        Svi<Tensor> svi = new(Model, Guide, new Adam(), new TraceElbo());
        SviResult result = svi.Run(0.5, 5);
        Assert.Equal(["idle"], result.ParametersWithoutGradient);
        Assert.Contains("No gradient ever reached idle", result.ToString());

        static void Guide(Tensor x)
        {
            Param("idle", 1.0);
            Sample("z", new Normal(Param("loc", 0.0), 1));
        }
    }

    [Fact]
    public void Data_may_differ_from_step_to_step()
    {
        List<long> asked = [];
        Svi<Tensor> svi = Fit();
        svi.Run(step => Note(step), 3);
        svi.Run(step => Note(step), 2);
        Assert.Equal([0, 1, 2, 3, 4], asked);

        Tensor Note(long step)
        {
            asked.Add(step);
            return 0.1 * step;
        }
    }

    [Fact]
    public void Groups_have_optimizers_of_their_own_and_may_stand_still()
    {
        static void Both(Tensor x) => Sample("z", new Normal(Param("fast", 1.0) + Param("slow", 1.0) + Param("still", 1.0), 1));
        static void Prior(Tensor x) => Sample("z", new Normal(0, 1));
        Svi<Tensor> svi = new(Prior, Both, new Sgd(0.1), new TraceElbo(), seed: 1)
        {
            Groups = [new ParameterGroup(name => name == "slow", new Sgd(0.01)), new ParameterGroup(name => name.StartsWith('s'), null)],
        };
        svi.Step(0.0);
        double fast = svi.Parameters["fast"].Item() - 1, slow = svi.Parameters["slow"].Item() - 1;
        Assert.NotEqual(0, fast);
        Assert.Equal(fast / 10, slow, 5);
        Assert.Equal(1.0, svi.Parameters["still"].Item());
    }

    [Fact]
    public void Gradients_are_clipped_by_their_common_norm()
    {
        static void Model(Tensor x)
        {
            Sample("a", new Normal(Param("first", 30.0), 1), observed: x);
            Sample("b", new Normal(Param("second", 40.0), 1), observed: x);
        }

        Svi<Tensor> svi = new(Model, _ => { }, new Sgd(1), new TraceElbo())
        {
            MaxGradientNorm = 5,
            Groups = [new ParameterGroup(name => name == "second", new Sgd(1))],
        };
        svi.Step(0.0);
        Assert.Equal(27, svi.Parameters["first"].Item(), 4);
        Assert.Equal(36, svi.Parameters["second"].Item(), 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Svi<Tensor>(Model, _ => { }, new Sgd(1), new TraceElbo()) { MaxGradientNorm = 0 });
    }

    [Fact]
    public void A_learning_rate_schedule_is_followed_by_steps()
    {
        static void Model(Tensor x) => Sample("y", new Normal(Param("mean", 8.0), 1), observed: x);
        Svi<Tensor> svi = new(Model, _ => { }, new Sgd(0.5) { Schedule = new ExponentialSchedule(0.5) }, new TraceElbo());
        svi.Run(0.0, 2);
        Assert.Equal(8 * 0.5 * 0.75, svi.Parameters["mean"].Item(), 5);
    }

    [Fact]
    public void A_parameter_of_a_distribution_that_leaves_its_range_later_names_the_site()
    {
        static void Guide(Tensor x)
        {
            using PlateScope rows = Plate("rows", 3);
            Sample("z", new Normal(Tensor.Zeros(1, 2), Param("scale", 0.02)).ToEvent(1));
        }

        static void Prior(Tensor x)
        {
            using PlateScope rows = Plate("rows", 3);
            Sample("z", new Normal(Tensor.Zeros(2), 0.001).ToEvent(1));
        }

        Svi<Tensor> svi = new(Prior, Guide, new Sgd(0.0), new TraceElbo());
        svi.Run(0.0, 4);
        svi.Parameters.Set("scale", -0.25);
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(0.0));
        Assert.Equal(ModelError.ParameterOutsideConstraint, error.Kind);
        Assert.Equal("z", error.Site);
        Assert.Contains("scale must be", error.Message);
        Assert.Contains("-0.25", error.Message);
        svi.Parameters.Set("scale", 0.25);
        Assert.True(double.IsFinite(svi.Step(0.0)));
    }

    [Fact]
    public void A_model_that_reads_a_value_does_not_hide_the_site_of_the_guide()
    {
        static void Model(Tensor x)
        {
            double z = Sample("z", new Normal(0, 1)).Item();
            Sample("y", new Normal(z, 1), observed: x);
        }

        Svi<Tensor> svi = new(Model, _ => Sample("z", new Normal(Param("loc", 0.0), Param("scale", 1.0))), new Sgd(0.0), new TraceElbo());
        svi.Run(0.0, 4);
        svi.Parameters.Set("scale", -0.25);
        Assert.Equal("z", Assert.Throws<ModelException>(() => svi.Step(0.0)).Site);
    }

    [Fact]
    public void Data_outside_the_support_in_a_later_step_names_the_site()
    {
        static void Model(Tensor x)
        {
            using PlateScope rows = Plate("rows", 2);
            Sample("y", new Exponential(Param("rate", 1.0, Constraints.Positive)), observed: x);
        }

        Svi<Tensor> svi = new(Model, _ => { }, new Adam(), new TraceElbo());
        svi.Run(Tensor.From([1f, 2]), 4);
        ModelException error = Assert.Throws<ModelException>(() => svi.Step(Tensor.From([1f, -2])));
        Assert.Equal(ModelError.OutsideSupport, error.Kind);
        Assert.Equal("y", error.Site);
        Assert.Contains("-2", error.Message);
    }

    [Fact]
    public void Layers_with_randomness_take_it_from_the_step()
    {
        double[] Losses(int wasted)
        {
            Linear net = new(4, 1);
            Dropout dropout = new(0.5);
            for (int i = 0; i < wasted; i++)
            {
                dropout.Forward(Tensor.Ones(3));
            }
            Svi<Tensor> svi =
                new(Model, x => Sample("z", new Normal(dropout.Forward(Register("net", net).Forward(dropout.Forward(Tensor.Ones(4)))).Sum(), 1)),
                    new Adam(), new TraceElbo(2), seed: 4);
            return [.. svi.Run(0.5, 6).Losses];
        }

        Assert.Equal(Losses(0), Losses(3));
        Assert.Equal(6, Losses(0).Distinct().Count());
    }

    [Fact]
    public void A_steady_step_allocates_little()
    {
        Tensor x = Tensor.From(Enumerable.Range(0, 30).Select(i => (float)i).ToArray());
        Svi<Tensor> svi = new(
            data =>
            {
                Tensor z = Sample("z", new Normal(0, 1)), s = Sample("s", new HalfNormal(1));
                using PlateScope rows = Plate("rows", 30);
                Sample("x", new Normal(z, s), observed: data);
            },
            _ =>
            {
                Sample("z", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive)));
                Sample("s", new LogNormal(Param("m", 0.0), Param("d", 1.0, Constraints.Positive)));
            },
            new Adam(), new TraceElbo());
        svi.Run(x, 200);
        Assert.InRange(Allocation.Least(() => svi.Step(x)), 0, 16_000);
    }

    private static Svi<Tensor> Fit() =>
        new(Model, _ => Sample("z", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive))), new Adam(0.01), new TraceElbo(),
            seed: 3);

    private static void Model(Tensor x) => Sample("x", new Normal(Sample("z", new Normal(0, 1)), 1), observed: x);

    private static void Cancel(CancellationTokenSource source, SviProgress progress)
    {
        if (progress.Step == 20)
        {
            source.Cancel();
        }
    }

    private sealed class Listener(Action<SviProgress> listen) : IProgress<SviProgress>
    {
        public void Report(SviProgress value) => listen(value);
    }
}
