using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>What a plan says of steps and log-densities.</summary>
public sealed class ExecutionPlanTests
{
    private static readonly Tensor Few = RandomKey.FromSeed(1).Normal([200]).Keep();
    private static readonly Tensor Many = RandomKey.FromSeed(1).Normal([20_000]).Keep();

    [Fact]
    public void A_small_step_is_one_compiled_program_with_one_loop_over_the_data()
    {
        ExecutionPlan plan = Inspect.Plan(Inference(Model), Few);

        PlanSegment only = Assert.Single(plan.Segments);
        Assert.True(only.IsCompiled);
        Assert.Null(only.EndsAt);
        PlanPart loop = Assert.Single(only.Parts, part => part.Kind == PlanPartKind.Loop && part.Elements == 200);
        Assert.Contains("check all", loop.Operations);
        PlanPart draw = Assert.Single(only.Parts, part => part.Work == "normal draw");
        Assert.Equal("it takes a key or a number that changes", draw.Reason);
        Assert.InRange(plan.CheckedOperations, 5, 30);
        Assert.True(only.Bytes > 200 * sizeof(float));
        Assert.True(only.Saved > 0);
        Assert.Contains("one loop over 200 elements", plan.ToString());
    }

    [Fact]
    public void A_step_of_long_arrays_runs_by_kernels_and_tiles()
    {
        PlanSegment only = Assert.Single(Inspect.Plan(Inference(Model), Many).Segments);

        Assert.False(only.IsCompiled);
        Assert.Contains(only.Parts, part => part.Kind == PlanPartKind.Loop && part.Elements == 20_000);
        Assert.All(only.Parts, (part, i) => Assert.All(part.Reads, read => Assert.InRange(read, 0, i - 1)));
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        Svi<Tensor> plain = Inference(Model), looked = Inference(Model);
        plain.Step(Few);
        looked.Step(Few);
        Inspect.Plan(looked, Few);
        Inspect.Plan(looked, Few);

        Assert.Equal(plain.Step(Few), looked.Step(Few));
        Assert.Equal(2, looked.StepCount);
    }

    [Fact]
    public void A_value_that_is_read_cuts_the_step_and_the_plan_and_the_run_name_the_line()
    {
        ExecutionPlan plan = Inspect.Plan(Inference(Reading), Few);

        Assert.Equal(2, plan.Segments.Count);
        Assert.Contains(nameof(Reading), plan.Segments[0].EndsAt);
        SviResult result = Inference(Reading).Run(Few, 120);
        Assert.Contains("2 programs", Assert.Single(result.Notes));
        Assert.Contains(nameof(Reading), result.ToString());
        Assert.Empty(Inference(Model).Run(Few, 120).Notes);
    }

    [Fact]
    public void A_log_density_is_one_program_and_what_it_reads_is_named()
    {
        ExecutionPlan plan = Inspect.Plan(() => Model(Few)), read = Inspect.Plan(() => Reading(Few));

        Assert.Equal(0, plan.CheckedOperations);
        Assert.Single(Assert.Single(plan.Segments).Parts, part => part.Kind == PlanPartKind.Loop && part.Elements == 200);
        Assert.Empty(plan.Uncompiled);
        Assert.Contains(nameof(Reading), read.ReadingLine);
        Assert.Empty(read.Segments);
        Assert.Contains("run anew every time", read.ToString());
    }

    [Fact]
    public void A_loop_in_a_step_says_what_a_scan_would_save_and_where_it_is()
    {
        ExecutionPlan plan = Inspect.Plan(Inference(Looping), Few);

        UnrolledLoop loop = plan.UnrolledLoops[0];
        Assert.InRange(loop.Rounds, 190, 200);
        Assert.Matches(@"compares its \d{3,4} operations and calls; as Scan.Run.* about \d+\.\d µs less", loop.Reason);
        Assert.Contains(nameof(Looping), loop.Line);
        Assert.Contains(loop.ToString(), plan.ToString());
        Assert.Empty(Inspect.Plan(Inference(Model), Few).UnrolledLoops);
    }

    [Fact]
    public void A_loop_of_a_density_that_differs_by_round_is_named_with_its_line()
    {
        UnrolledLoop loop = Assert.Single(Inspect.Plan(() => Branching(Few)).UnrolledLoops);

        Assert.Matches("has \"(sin|tanh)\" where the first one has \"(sin|tanh)\"", loop.Reason);
        Assert.Contains(nameof(Branching), loop.Line);
        Assert.Contains("ExecutionPlanTests.cs, line", loop.Line);
        Assert.Empty(Inspect.Plan(() => Looping(Few)).UnrolledLoops);
    }

    [Fact]
    public void A_density_of_many_small_kernels_says_so_once()
    {
        McmcResult result = Mcmc.Run(Slow, new Nuts(), chains: 2, warmup: 20, draws: 5, seed: 1);

        Assert.Contains("have no compiled form", Assert.Single(result.Notes, note => note.Contains("compiled form")));
    }

    [Fact]
    public void Steps_of_many_small_kernels_say_so_once()
    {
        Svi<Tensor> slow = Inference(_ => Slow());

        Assert.Contains("% of every step go into calls", Assert.Single(slow.Run(Few, 120).Notes));
        Assert.Empty(slow.Run(Few, 120).Notes);
    }

    [Fact]
    public void A_plan_has_a_picture_with_a_node_for_each_part()
    {
        ExecutionPlan plan = Inspect.Plan(Inference(Model), Few);
        string svg = Inspect.Draw(plan).ToSvg();

        for (int i = 0; i < plan.Segments[0].Parts.Count; i++)
        {
            Assert.Contains($">{i + 1} ", svg);
        }
        Assert.Contains("loop of 200", svg);
    }

    private static Svi<Tensor> Inference(Action<Tensor> model) => new(model, new AutoNormal<Tensor>(model), new Adam(0.01), new TraceElbo(), seed: 1);

    private static void Model(Tensor y)
    {
        Tensor mean = Sample("mean", new Normal(0, 5));
        using (Plate("rows", y.Shape[0]))
        {
            Sample("y", new Normal(mean, 1), observed: y);
        }
    }

    private static void Looping(Tensor y)
    {
        Tensor level = Sample("level", new Normal(0, 1)), pull = Sample("pull", new Normal(0, 1)), state = level;
        List<Tensor> states = [];
        for (int t = 0; t < 200; t++)
        {
            state = (state * pull).Tanh() + level + (t % 2 == 0 ? 0.1 : 0.2);
            states.Add(state);
        }
        Sample("y", new Normal(Tensor.Stack([.. states]), 1).ToEvent(1), observed: y);
    }

    private static void Branching(Tensor y)
    {
        Tensor pull = Sample("pull", new Normal(0, 1)), state = pull;
        for (int t = 0; t < 200; t++)
        {
            state = t * t % 7 > 2 ? (state * pull).Sin() : (state * pull).Tanh();
            state = state - (0.3 * pull);
        }
        Sample("y", new Normal(state + Tensor.Zeros(200), 1).ToEvent(1), observed: y);
    }

    private static void Reading(Tensor y)
    {
        Tensor mean = Sample("mean", new Normal(0, 5));
        if (mean.Item() > 1e6)
        {
            Factor("penalty", -mean);
        }
        using (Plate("rows", y.Shape[0]))
        {
            Sample("y", new Normal(mean, 1), observed: y);
        }
    }

    /// <summary>Many small decompositions, which have no compiled form.</summary>
    private static void Slow()
    {
        Tensor x = Sample("x", new Normal(0, 1));
        Tensor total = 0;
        for (int i = 0; i < 100; i++)
        {
            total += (Tensor.Identity(2, DType.Float64) * (x.Square() + 2.0 + i)).LogDeterminant();
        }
        Factor("total", -total);
    }
}
