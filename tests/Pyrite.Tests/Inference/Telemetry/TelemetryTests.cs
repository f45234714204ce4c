using System.Diagnostics;
using Pyrite.Inference.Telemetry;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Inference.Telemetry;

[CollectionDefinition("Telemetry", DisableParallelization = true)]
public sealed class TelemetryCollection;

/// <summary>What listeners hear, and that nothing is done where there is none.</summary>
[Collection("Telemetry")]
[Trait("Once", "Widths")]
public sealed class TelemetryTests
{
    [Fact]
    public void Steps_tell_count_loss_and_time()
    {
        Svi<Tensor> svi = Fit();
        using Listening listening = new();
        double[] losses = [.. Enumerable.Range(0, 5).Select(_ => svi.Step(0.5))];

        Assert.Equal(losses, listening.Values("pyrite.svi.loss", "pyrite.svi.objective=TraceElbo"));
        Assert.Equal([1, 1, 1, 1, 1], listening.Values("pyrite.svi.steps", "pyrite.svi.objective=TraceElbo", "pyrite.svi.outcome=applied"));
        Assert.All(listening.Values("pyrite.svi.step.duration"), seconds => Assert.InRange(seconds, 1e-9, 60));
        Assert.Equal(5, listening.Values("pyrite.svi.step.duration").Length);
    }

    [Fact]
    public void A_step_that_was_skipped_counts_as_skipped_and_has_no_loss()
    {
        Svi<Tensor> svi = Fit();
        svi.Step(0.5);
        using Listening listening = new();
        svi.Step(double.PositiveInfinity);

        Assert.Equal([1], listening.Values("pyrite.svi.steps", "pyrite.svi.outcome=skipped"));
        Assert.Empty(listening.Values("pyrite.svi.loss"));
    }

    [Fact]
    public void A_run_of_variational_inference_is_an_activity_with_its_settings_and_its_end()
    {
        using Listening listening = new();
        SviResult result = Fit().Run(0.5, 20);

        Activity run = Assert.Single(listening.Activities, activity => activity.OperationName == "pyrite.svi.run");
        Assert.Equal("TraceElbo", run.GetTagItem("pyrite.svi.objective"));
        Assert.Equal(20, run.GetTagItem("pyrite.svi.requested_steps"));
        Assert.Equal(20, run.GetTagItem("pyrite.svi.steps"));
        Assert.Equal("completed", run.GetTagItem("pyrite.svi.stop_reason"));
        Assert.Equal(result.Losses[^1], run.GetTagItem("pyrite.svi.loss"));
        Assert.Equal(ActivityStatusCode.Unset, run.Status);
    }

    [Fact]
    public void A_run_that_fails_marks_its_activity()
    {
        using Listening listening = new();
        Svi<Tensor> svi = new(_ => throw new InvalidOperationException("no data"), _ => { }, new Adam(0.1), new TraceElbo());
        Exception error = Assert.ThrowsAny<Exception>(() => svi.Run(0.5, 20));

        Activity run = Assert.Single(listening.Activities, activity => activity.OperationName == "pyrite.svi.run");
        Assert.Equal(ActivityStatusCode.Error, run.Status);
        Assert.Equal(error.Message, run.StatusDescription);
        Assert.Equal("exception", Assert.Single(run.Events).Name);
    }

    [Fact]
    public void Transitions_tell_draws_divergences_step_sizes_and_acceptance_of_each_chain()
    {
        using Listening listening = new();
        McmcResult result = Mcmc.Run(Funnel, chains: 2, warmup: 100, draws: 40, thinning: 2, seed: 1);

        for (int chain = 0; chain < 2; chain++)
        {
            string which = $"pyrite.mcmc.chain={chain}";
            Assert.Equal(100, listening.Values("pyrite.mcmc.transitions", which, "pyrite.mcmc.phase=warmup").Sum());
            Assert.Equal(80, listening.Values("pyrite.mcmc.transitions", which, "pyrite.mcmc.phase=sampling").Sum());
            Assert.Equal(40, listening.Values("pyrite.mcmc.draws", which).Sum());
            Assert.Equal(result.StepSizes[chain], listening.Values("pyrite.mcmc.step_size", which)[^1]);
            Assert.Equal(180, listening.Values("pyrite.mcmc.acceptance", which).Length);
            Assert.All(listening.Values("pyrite.mcmc.acceptance", which), acceptance => Assert.InRange(acceptance, 0, 1));
            Assert.All(listening.Values("pyrite.mcmc.leapfrog_steps", which), steps => Assert.InRange(steps, 1, 1023));
        }

        // Of two transitions one is kept: the columns of the draws have some of the divergences.
        double divergences = listening.Values("pyrite.mcmc.divergences").Sum();
        Assert.True(divergences > 0, "The funnel gave no divergence.");
        Assert.InRange(divergences, result.Divergences, 160);
    }

    [Fact]
    public void A_run_of_chains_is_an_activity_with_one_inside_it_for_each_chain()
    {
        using Listening listening = new();
        McmcResult result = Mcmc.Run(Funnel, chains: 2, warmup: 100, draws: 40, seed: 1);

        Activity run = Assert.Single(listening.Activities, activity => activity.OperationName == "pyrite.mcmc.run");
        Assert.Equal("Nuts", run.GetTagItem("pyrite.mcmc.sampler"));
        Assert.Equal(1L, run.GetTagItem("pyrite.seed"));
        Assert.Equal(2, run.GetTagItem("pyrite.mcmc.chains"));
        Assert.Equal(100, run.GetTagItem("pyrite.mcmc.warmup"));
        Assert.Equal(40, run.GetTagItem("pyrite.mcmc.draws"));
        Assert.Equal(true, run.GetTagItem("pyrite.mcmc.complete"));
        Activity[] chains = [.. listening.Activities.Where(activity => activity.OperationName == "pyrite.mcmc.chain")];
        Assert.Equal([0, 1], chains.Select(chain => chain.GetTagItem("pyrite.mcmc.chain")).Order());
        Assert.All(chains, chain =>
        {
            Assert.Equal(run.SpanId, chain.ParentSpanId);
            Assert.Equal(140L, chain.GetTagItem("pyrite.mcmc.transitions"));
            Assert.Equal("warm-up ended", Assert.Single(chain.Events).Name);
        });
        Assert.Equal(result.Divergences, chains.Sum(chain => (int)chain.GetTagItem("pyrite.mcmc.divergences")!));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_run_that_goes_on_is_an_activity_too()
    {
        McmcResult first = Mcmc.Run(Funnel, chains: 1, warmup: 50, draws: 20, seed: 1);
        using Listening listening = new();
        Mcmc.Resume(Funnel, first.State!, draws: 30);

        Activity run = Assert.Single(listening.Activities, activity => activity.OperationName == "pyrite.mcmc.resume");
        Assert.Equal(30, run.GetTagItem("pyrite.mcmc.draws"));
        Assert.Equal(10, listening.Values("pyrite.mcmc.draws").Sum());
    }

    [Fact]
    public void Epochs_tell_batches_rows_and_waiting()
    {
        DataLoader loader = new(new TensorDataset(Tensor.Zeros(10, 2)), batchSize: 4);
        using Listening listening = new();
        foreach (Batch _ in loader)
        {
        }
        foreach (Batch _ in loader)
        {
            break;
        }

        Assert.Equal([4, 4, 2, 4], listening.Values("pyrite.data.rows"));
        Assert.Equal(4, listening.Values("pyrite.data.batches").Sum());
        Assert.All(listening.Values("pyrite.data.wait.duration"), seconds => Assert.InRange(seconds, 0, 60));
        Assert.Equal([(0, 3), (1, 1)], listening.Activities.Where(activity => activity.OperationName == "pyrite.data.epoch")
            .Select(epoch => ((int)epoch.GetTagItem("pyrite.data.epoch")!, (int)epoch.GetTagItem("pyrite.data.batches")!)));
    }

    [Fact]
    public void Nobody_listens_and_nothing_is_on()
    {
        Assert.False(SviSignals.IsOn);
        Assert.False(ChainSignals.IsOn);
        Assert.Null(Signals.Activities.StartActivity("pyrite.svi.run"));
    }

    [Fact]
    public void Recording_allocates_nothing_even_when_somebody_listens()
    {
        using System.Diagnostics.Metrics.MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Signals.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.Start();
        ChainSignals chain = new(3);
        Transition transition = new(-1, 0.9, 0.5, 3, 7, IsDivergent: true, 2);
        Record(10);

        Assert.Equal(0, Allocation.Least(() => Record(1_000)));

        void Record(int times)
        {
            for (int i = 0; i < times; i++)
            {
                chain.Record(transition, isWarmup: false, isKept: true);
                SviSignals.Record("TraceElbo", 1.5, isSkipped: false, Signals.Now);
            }
        }
    }

    [Fact]
    public void A_steady_step_allocates_the_same_whether_anybody_listens_or_not()
    {
        Svi<Tensor> svi = Fit();
        for (int i = 0; i < 200; i++)
        {
            svi.Step(0.5);
        }

        long quiet = Allocated(svi);
        using System.Diagnostics.Metrics.MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Signals.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.Start();
        Assert.True(SviSignals.IsOn);
        Assert.Equal(quiet, Allocated(svi));
    }

    [Fact]
    public void Every_instrument_and_activity_stands_in_the_page_and_the_page_names_no_other()
    {
        using Listening listening = new();
        Fit().Run(0.5, 3);
        Mcmc.Run(Funnel, chains: 1, warmup: 30, draws: 200, seed: 1);
        Mcmc.Resume(Funnel, Mcmc.Run(Funnel, chains: 1, warmup: 5, draws: 5, seed: 1).State!, draws: 6);
        foreach (Batch _ in new DataLoader(new TensorDataset(Tensor.Zeros(4, 2)), batchSize: 4))
        {
        }
        string[] rows = [.. File.ReadAllLines(Path.Combine(Checkout(), "docs", "telemetry.md")).Where(line => line.StartsWith("| `pyrite."))];
        IEnumerable<string> told = listening.Measurements.Select(one => $"| `{one.Instrument}` | `{one.Unit}` |").Distinct()
            .Concat(listening.Activities.Select(activity => $"| `{activity.OperationName}` |").Distinct());

        Assert.All(told, beginning => Assert.Contains(rows, row => row.StartsWith(beginning)));
        Assert.Equal(told.Count(), rows.Length);
    }

    private static long Allocated(Svi<Tensor> svi) => Allocation.Least(() =>
    {
        for (int i = 0; i < 100; i++)
        {
            svi.Step(0.5);
        }
    });

    private static Svi<Tensor> Fit() => new(
        x => Sample("y", new Normal(Sample("z", new Normal(0, 1)), 1), observed: x),
        _ => Sample("z", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive))),
        new Adam(0.01), new TraceElbo(), seed: 1);

    /// <summary>Neal's funnel, which no step size suits.</summary>
    private static void Funnel() => Sample("x", new Normal(0, (Sample("log scale", new Normal(0, 3)) / 2).Exp()));

    private static string Checkout()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pyrite.slnx")))
        {
            folder = folder.Parent!;
        }
        return folder.FullName;
    }
}
