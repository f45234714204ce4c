using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>An inference that two threads use at once, and inference inside of models.</summary>
public sealed class OneThreadTests
{
    public static TheoryData<string> Uses => [.. Table.Keys];

    private static readonly Dictionary<string, Action<Svi<int>>> Table = new()
    {
        ["Step"] = svi => svi.Step(0),
        ["Evaluate"] = svi => svi.Evaluate(0),
        ["Run"] = svi => svi.Run(0, 2),
        ["State"] = svi => svi.State(),
        ["Save"] = svi => svi.Save("unwritten"),
        ["Restore"] = svi => svi.Restore(new Svi<int>(Model, Guide, new Adam(), new TraceElbo()).State(), 0),
        ["Predict"] = svi => svi.Predict(0, 2),
        ["LogLikelihood"] = svi => svi.LogLikelihood(0, 2),
        ["Reading a parameter"] = svi => _ = svi.Parameters["loc"],
        ["Set"] = svi => svi.Parameters.Set("loc", 1.0),
        ["Load"] = svi => svi.Parameters.Load("unread"),
        ["Reading a parameter (Save)"] = svi => svi.Parameters.Save("unwritten"),
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_second_thread_is_told_so_and_the_first_goes_on(string use)
    {
        using ManualResetEventSlim isInside = new(), mayGo = new();
        bool waits = false;
        Svi<int> svi = new(
            _ =>
            {
                Model(0);
                if (waits)
                {
                    isInside.Set();
                    mayGo.Wait();
                }
            },
            Guide, new Adam(), new TraceElbo());
        svi.Step(0);
        waits = true;
        Task<double> first = Task.Run(() => svi.Step(0));
        isInside.Wait();
        try
        {
            InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => Table[use](svi));
            Assert.StartsWith(use.Split(" (")[0], refusal.Message);
            Assert.Contains("One thread at a time may use an Svi", refusal.Message);
            Assert.Contains("make an Svi for each thread", refusal.Message);
        }
        finally
        {
            waits = false;
            mayGo.Set();
        }
        Assert.True(double.IsFinite(await first));
        Assert.Equal(2, svi.StepCount);
        svi.Step(0);
    }

    [Fact]
    public async Task Steps_from_four_threads_are_taken_or_refused_in_words()
    {
        Svi<int> svi = new(Model, Guide, new Adam(), new TraceElbo());
        int taken = 0;
        Task[] tasks = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                try
                {
                    Assert.True(double.IsFinite(svi.Step(0)));
                    Interlocked.Increment(ref taken);
                }
                catch (InvalidOperationException refusal)
                {
                    Assert.Contains("One thread at a time", refusal.Message);
                }
            }
        }))];
        await Task.WhenAll(tasks);
        Assert.Equal(taken, svi.StepCount);
        Assert.NotEqual(0, taken);
    }

    [Fact]
    public void One_thread_after_the_other_may_use_it()
    {
        Svi<int> svi = new(Model, Guide, new Adam(), new TraceElbo());
        for (int i = 0; i < 3; i++)
        {
            Thread thread = new(() => svi.Step(0));
            thread.Start();
            thread.Join();
        }
        Assert.Equal(3, svi.StepCount);
    }

    [Fact]
    public void Its_own_thread_may_save_and_read_in_a_report()
    {
        Svi<int> svi = new(Model, Guide, new Adam(), new TraceElbo());
        string folder = Directory.CreateTempSubdirectory().FullName;
        svi.Run(0, 10, new Reports(() =>
        {
            svi.Save(Path.Combine(folder, "state"));
            _ = svi.Parameters["loc"];
            svi.Evaluate(0);
        }));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Step")]
    [InlineData("Evaluate")]
    [InlineData("Predict")]
    public void An_inference_does_not_use_itself_inside_of_its_model(string use)
    {
        Svi<int>? svi = null;
        svi = new Svi<int>(
            _ =>
            {
                Model(0);
                Table[use](svi!);
            },
            Guide, new Adam(), new TraceElbo());
        Assert.Contains("cannot use itself", Assert.Throws<InvalidOperationException>(() => svi.Step(0)).Message);
        Assert.Contains("cannot use itself", Assert.Throws<InvalidOperationException>(() => svi.Evaluate(0)).Message);
    }

    [Theory]
    [InlineData("Svi.Step")]
    [InlineData("Svi.Evaluate")]
    [InlineData("Svi with an automatic guide")]
    [InlineData("Mcmc.Run")]
    [InlineData("Trace.Of")]
    [InlineData("Predictive.Draw")]
    [InlineData("Inspect.Check")]
    [InlineData("Inspect.Graph")]
    [InlineData("AutoLaplace")]
    [InlineData("ImportanceSampling")]
    public void Inference_inside_of_a_model_has_handlers_of_its_own(string inner)
    {
        Svi<int> other = new(Model, Guide, new Adam(), new TraceElbo());
        AutoNormal<int> automatic = new(Model);
        Svi<int> fitted = new(Model, automatic, new Adam(), new TraceElbo());
        double number = 0;
        void Outer(int _)
        {
            // The inner model has the names of this one, and plates of its own.
            Tensor z = Sample("z", new Normal(0, 1));
            using (Plate("rows", 2))
            {
                number = inner switch
                {
                    "Svi.Step" => other.Step(0),
                    "Svi.Evaluate" => other.Evaluate(0),
                    "Svi with an automatic guide" => fitted.Step(0),
                    "Mcmc.Run" => Mcmc.Run(() => Model(0), chains: 1, warmup: 20, draws: 20, seed: 1).Draws.Scalar("z").Average(),
                    "Trace.Of" => Trace.Of(() => Model(0), new SeedHandler(1)).LogProb().Item(),
                    "Predictive.Draw" => Predictive.Draw(Model, 0, 3)["y"].Mean().Item(),
                    "Inspect.Check" => Inspect.Check(() => Model(0), new SeedHandler(1)).Sites.Count,
                    "Inspect.Graph" => Inspect.Graph(() => Model(0)).Nodes.Count,
                    "AutoLaplace" => new AutoLaplace<int>(Model).Approximate(0).Median(null)["z"].Item(),
                    _ => ImportanceSampling.Of(Model, 0, automatic, new Svi<int>(Model, automatic, new Adam(), new TraceElbo()).Parameters,
                        5).LogEvidence,
                };
                Sample("y", new Normal(z, 1), observed: Tensor.From([1.0, 2]));
            }
        }

        Trace trace = Trace.Of(() => Outer(0), new SeedHandler(0));
        Assert.Equal(["z", "y"], trace.SampleSites.Select(site => site.Name));
        Assert.Equal([2], trace["y"].Value.Shape);
        Assert.True(double.IsFinite(number));
        Svi<int> svi = new(Outer, Guide, new Adam(), new TraceElbo());
        for (int step = 0; step < 3; step++)
        {
            Assert.True(double.IsFinite(svi.Step(0)));
        }
        Assert.Equal(["loc"], svi.Parameters.Names);
        Assert.True(double.IsFinite(svi.Evaluate(0)));
        Mcmc.Run(() => Outer(0), chains: 1, warmup: 5, draws: 5);
    }

    [Fact]
    public void A_posterior_sampled_where_no_gradients_are_tracked_is_right()
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        McmcResult result = Mcmc.Run(() => Model(0), chains: 1, warmup: 300, draws: 2000, seed: 1);
        Assert.Equal(0.5, result.Draws.Scalar("z").Average(), 0.1);
        Assert.InRange(result.Statistics.Scalar(SamplerColumns.AcceptanceProbability).Average(), 0.7, 0.98);
    }

    [Fact]
    public void Handlers_around_a_trace_that_is_no_inner_run_apply() =>
        Assert.Equal(0.5, new ConditionHandler(("z", 0.5)).Run(() => Trace.Of(() => Model(0)))["z"].Value.Item());

    private static void Model(int data) => Sample("y", new Normal(Sample("z", new Normal(0, 1)), 1), observed: 1.0);

    private static void Guide(int data) => Sample("z", new Normal(Param("loc", 0.0), 1));

    private sealed class Reports(Action report) : IProgress<SviProgress>
    {
        public void Report(SviProgress value) => report();
    }
}
