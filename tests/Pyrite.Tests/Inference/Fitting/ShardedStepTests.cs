using Pyrite.Kernels.Threads;
using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Steps that are cut into shards: the same bits whatever the number of processes and threads.</summary>
public sealed class ShardedStepTests
{
    private const int Rows = 100;

    /// <summary>More than it takes until small programs are compiled.</summary>
    private const int Steps = 50;

    private static readonly Tensor Data = RandomKey.FromSeed(5).Normal([Rows, 6]).Keep();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void An_autoencoder_learns_the_same_bits_at_any_number_of_ranks(int ranks)
    {
        Fit alone = Autoencoder(ProcessGroup.Alone);
        Fit[] fits = InProcessGroup.Run(ranks, Autoencoder);
        Assert.All(fits, fit => Assert.Equal(alone.Losses, fit.Losses));
        Assert.All(fits, fit => Assert.Equal(alone.Parameters, fit.Parameters));
        Assert.True(alone.Losses[^1] < alone.Losses[0]);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Fit all = Autoencoder(ProcessGroup.Alone);
        Fit one;
        using (WorkerPool.LimitThreads(1))
        {
            one = Autoencoder(ProcessGroup.Alone);
        }
        Assert.Equal(all.Losses, one.Losses);
        Assert.Equal(all.Parameters, one.Parameters);
    }

    [Fact]
    public void Losses_of_rows_add_up_to_those_of_one_run()
    {
        // Nothing is drawn, so the shards' losses are parts of that of one run.
        Svi<Tensor> whole = new(Rowwise, _ => { }, new Adam(0.02), new TraceElbo(), seed: 3) { MaxGradientNorm = 1 };
        Sharding sharding = Shards.Of(4);
        Svi<Tensor> cut = new(Rowwise, _ => { }, new Adam(0.02), new TraceElbo(), seed: 3) { MaxGradientNorm = 1, Sharding = sharding };
        Tensor rows = (Data.Slice(1, 0, 1).Reshape([Rows]) + 2).Keep();
        for (int step = 0; step < Steps; step++)
        {
            double expected = whole.Step(rows);
            Assert.Equal(expected, cut.Step(sharding.Cut(rows)), Math.Abs(expected) * 1e-4);
        }
        Assert.Equal(whole.Parameters["mean"].Item(), cut.Parameters["mean"].Item(), 1e-3);
        Assert.NotEqual(0, cut.Parameters["mean"].Item());
        Assert.Equal(whole.Evaluate(rows), cut.Evaluate(sharding.Cut(rows)), 1e-2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Subsamples_are_shared_out_and_weighted(int ranks)
    {
        // The posterior of the mean of N rows of deviation 1 has precision N + 1: a wrong weight would show in the width.
        Fit alone = Subsampled(ProcessGroup.Alone);
        Assert.All(InProcessGroup.Run(ranks, Subsampled), fit =>
        {
            Assert.Equal(alone.Losses, fit.Losses);
            Assert.Equal(alone.Parameters, fit.Parameters);
        });
        Assert.Equal(1 / Math.Sqrt(Rows + 1), Math.Exp(alone.Parameters["log spread"][0]), 0.02);
    }

    [Fact]
    public void Shards_have_different_rows_of_one_subsample()
    {
        List<long> seen = [];
        Svi<int> svi = new(_ =>
        {
            using PlateScope plate = Plate("rows", 1000, subsampleSize: 80);
            seen.AddRange(plate.Indices.ToArray<long>());
            Assert.Equal(10, plate.Indices.Count);
            Sample("y", new Normal(Param("mean", 0.0), 1), observed: Tensor.Zeros([10]));
        }, _ => { }, new Sgd(0), new TraceElbo(), seed: 3)
        {
            Sharding = Shards.Of(8),
        };
        svi.Step(0);
        Assert.Equal(80, seen.Count);
        Assert.Equal(80, seen.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Rows_of_a_larger_plate_count_by_their_share(int ranks)
    {
        Fit alone = Declared(ProcessGroup.Alone);
        Assert.All(InProcessGroup.Run(ranks, Declared), fit => Assert.Equal(alone.Parameters, fit.Parameters));
        Assert.Equal(1 / Math.Sqrt(Rows + 1), Math.Exp(alone.Parameters["log spread"][0]), 0.02);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Baselines_learn_the_same_averages_on_all_ranks(int ranks)
    {
        Fit alone = Discrete(ProcessGroup.Alone);
        Fit[] fits = InProcessGroup.Run(ranks, Discrete);
        Assert.All(fits, fit => Assert.Equal(alone.Parameters, fit.Parameters));
        Assert.All(fits, fit => Assert.Equal(alone.Average, fit.Average));
        Assert.NotEqual(0, alone.Average);
    }

    [Fact]
    public void A_number_that_is_not_finite_in_one_shard_skips_the_step_of_all()
    {
        Tensor rows = Tensor.From([1f, 2f, 3f, 4f, 5f, 1e30f, 7f, 8f]).Keep();
        (long Skipped, double Mean, string Message)[] results = InProcessGroup.Run(4, group =>
        {
            Sharding sharding = Shards.Of(8, group);
            Svi<Tensor> svi = new(Rowwise, _ => { }, new Adam(0.02), new TraceElbo(), seed: 3) { Sharding = sharding };
            string message = "";
            for (int step = 0; step < 10; step++)
            {
                try
                {
                    Assert.False(double.IsFinite(svi.Step(sharding.Cut(rows))));
                }
                catch (ModelException failure)
                {
                    message = failure.Message;
                }
            }
            return (svi.SkippedCount, svi.Parameters["mean"].Item(), message);
        });
        Assert.All(results, result => Assert.Equal((10, 0.0), (result.Skipped, result.Mean)));
        Assert.Contains("shard 5", results[2].Message, StringComparison.Ordinal);
        Assert.Contains("a number of shard 5 is not finite, which rank 2 computes", results[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_that_begin_otherwise_are_told_in_what()
    {
        (double Value, Exception? Failure)[] seeds = InProcessGroup.Try(2, group =>
            Step(new Svi<Tensor>(Rowwise, _ => { }, new Adam(), new TraceElbo(), seed: (ulong)group.Rank) { Sharding = Shards.Of(4, group) }));
        Assert.All(seeds, rank => Assert.Contains("the seed: 0 on rank 0, 1 on rank 1", rank.Failure!.Message, StringComparison.Ordinal));
        (double Value, Exception? Failure)[] starts = InProcessGroup.Try(2, group => Step(new Svi<Tensor>(rows =>
        {
            Tensor mean = Param("mean", 0.0), shift = Param("shift", 0.5 + group.Rank);
            using PlateScope plate = Plate("rows", rows.Shape[0]);
            Sample("y", new Normal(mean + shift, 1), observed: rows);
        }, _ => { }, new Adam(), new TraceElbo())
        {
            Sharding = Shards.Of(4, group),
        }));
        Assert.All(starts, rank =>
        {
            Assert.Contains("differ in parameter \"shift\": Float32 [] with numbers of hash", rank.Failure!.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("mean", rank.Failure!.Message, StringComparison.Ordinal);
        });

        static double Step(Svi<Tensor> svi) => svi.Step(svi.Sharding!.Cut(Data.Slice(1, 0, 1).Reshape([Rows])));
    }

    [Fact]
    public void What_cannot_be_weighted_is_refused()
    {
        Sharding sharding = Shards.Of(4);
        Sharded<Tensor> rows = sharding.Cut(Data.Slice(1, 0, 1).Reshape([Rows]));
        Svi<Tensor> shared = new(data =>
        {
            Tensor mean = Sample("mean", new Normal(0, 1));
            using PlateScope plate = Plate("rows", data.Shape[0]);
            Sample("y", new Normal(mean, 1), observed: data);
        }, _ => Sample("mean", new Normal(Param("loc", 0.0), 1)), new Adam(), new TraceElbo())
        {
            Sharding = sharding,
        };
        Assert.Contains("it would count 4 times", Assert.Throws<ModelException>(() => shared.Step(rows)).Message, StringComparison.Ordinal);
        Svi<int> uneven = new(_ =>
        {
            using PlateScope plate = Plate("rows", 1000, subsampleSize: 10);
            Sample("y", new Normal(Param("mean", 0.0), 1), observed: Tensor.Zeros([10]));
        }, _ => { }, new Adam(), new TraceElbo())
        {
            Sharding = sharding,
        };
        Assert.Contains("Take a multiple of 4", Assert.Throws<ModelException>(() => uneven.Step(0)).Message, StringComparison.Ordinal);
        Svi<Tensor> whole = new(Rowwise, _ => { }, new Adam(), new TraceElbo());
        Assert.Contains("Set Sharding", Assert.Throws<InvalidOperationException>(() => whole.Step(rows)).Message, StringComparison.Ordinal);
        Svi<Tensor> other = new(Rowwise, _ => { }, new Adam(), new TraceElbo()) { Sharding = Shards.Of(8) };
        Assert.Contains("shards 0 to 7 of 8", Assert.Throws<ArgumentException>(() => other.Step(rows)).Message, StringComparison.Ordinal);
    }

    /// <summary>A switch of all rows is refused; one for each row is summed to the loss of the whole step, as are bounds of several runs.</summary>
    [Fact]
    public void Losses_add_up_or_are_refused()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Sharding sharding = Shards.Of(4);
        Tensor data = Data.Slice(1, 0, 1).Reshape([Rows]).To(DType.Float64).Keep();
        static void Switched(Tensor rows, bool isShared)
        {
            Tensor shared = isShared ? Sample("switch", new Bernoulli(0.3)) : 0.0;
            using PlateScope plate = Plate("rows", Rows, subsampleSize: rows.Shape[0]);
            Sample("y", new Normal((isShared ? shared : Sample("switch", new Bernoulli(0.3))) + Param("mean", 0.2), 1), observed: rows);
        }
        Svi<Tensor> refused = new(rows => Switched(rows, isShared: true), _ => { }, new Adam(), new EnumerationElbo()) { Sharding = sharding };
        Assert.Contains("of all 4 shards", Assert.Throws<ModelException>(() => refused.Step(sharding.Cut(data))).Message, StringComparison.Ordinal);

        foreach (Elbo objective in new Elbo[] { new EnumerationElbo(), new ImportanceWeightedElbo(4), new RenyiElbo(0.5, 4), new TraceGraphElbo() })
        {
            void Model(Tensor rows)
            {
                if (objective is EnumerationElbo)
                {
                    Switched(rows, isShared: false);
                    return;
                }
                Tensor mean = Param("mean", 0.2);
                using PlateScope plate = Plate("rows", rows.Shape[0]);
                Sample("y", new Normal(Sample("z", new Normal(mean, 1)), 1), observed: rows);
            }
            void Guide(Tensor rows)
            {
                if (objective is not EnumerationElbo)
                {
                    using PlateScope plate = Plate("rows", rows.Shape[0]);
                    Sample("z", new Delta(rows * Param("slope", 0.4)));
                }
            }
            double whole = new Svi<Tensor>(Model, Guide, new Adam(), objective).Evaluate(data);
            double cut = new Svi<Tensor>(Model, Guide, new Adam(), objective) { Sharding = sharding }.Evaluate(sharding.Cut(data));
            Assert.Equal(whole, cut, 1e-9 * Math.Abs(whole));
        }
    }

    [Fact]
    public void Networks_that_gather_statistics_are_refused()
    {
        Sharding sharding = Shards.Of(4);
        BatchNorm1d norm = new(1);
        Svi<Tensor> svi = new(data =>
        {
            Tensor scores = Register("norm", norm).Forward(data);
            using PlateScope plate = Plate("rows", data.Shape[0]);
            Sample("y", new Normal(scores.Reshape([data.Shape[0]]), 1), observed: data.Reshape([data.Shape[0]]));
        }, _ => { }, new Adam(), new TraceElbo())
        {
            Sharding = sharding,
        };
        Sharded<Tensor> rows = sharding.Cut(Data.Slice(1, 0, 1));
        ModelException failure = Assert.Throws<ModelException>(() => svi.Step(rows));
        Assert.Contains("norm.num_batches_tracked", failure.Message, StringComparison.Ordinal);
        Assert.Contains("4 shards", failure.Message, StringComparison.Ordinal);
        norm.Eval();
        Assert.True(double.IsFinite(svi.Step(rows)));
    }

    [Fact]
    public void A_request_to_stop_ends_the_runs_of_all_ranks_at_the_same_step()
    {
        long[] steps = InProcessGroup.Run(4, group =>
        {
            Sharding sharding = Shards.Of(4, group);
            Svi<Tensor> svi = new(Rowwise, _ => { }, new Adam(), new TraceElbo()) { Sharding = sharding };
            Tensor rows = Data.Slice(1, 0, 1).Reshape([Rows]).Keep();
            using CancellationTokenSource source = new();
            SviResult result = svi.Run(step =>
            {
                if (step == 7 && group.Rank == 2)
                {
                    source.Cancel();
                }
                return sharding.Cut(rows);
            }, 100, cancellationToken: source.Token);
            Assert.Equal(SviStopReason.Cancelled, result.StopReason);
            return svi.StepCount;
        });
        Assert.All(steps, count => Assert.Equal(9, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Early_stopping_and_plateaus_end_at_the_same_step(int ranks)
    {
        Assert.All(InProcessGroup.Run(ranks, Stopped), fit => Assert.Equal(Stopped(ProcessGroup.Alone), fit));

        static (int, double, double) Stopped(ProcessGroup group)
        {
            Sharding sharding = Shards.Of(2, group);
            Svi<Tensor> svi = new(Rowwise, _ => { }, new Adam(0.05), new TraceElbo()) { Sharding = sharding };
            Tensor rows = Data.Slice(1, 0, 1).Reshape([Rows]).Keep();
            SviResult result = svi.Run(_ => sharding.Cut(rows), 3000, stopping: new EarlyStopping(20, 2, 1e-3));
            Assert.Equal(SviStopReason.Plateau, result.StopReason);
            return (result.Losses.Count, result.Losses[^1], svi.Parameters["mean"].Item());
        }
    }

    private sealed record Fit(double[] Losses, Dictionary<string, float[]> Parameters, double Average = 0);

    private static Fit Autoencoder(ProcessGroup group)
    {
        Sharding sharding = Shards.Of(8, group);
        Vae vae = new();
        Svi<Tensor> svi = new(vae.Model, vae.Guide, new Adam(0.01), new TraceElbo(), seed: 7) { Sharding = sharding, MaxGradientNorm = 20 };
        return Take(svi, _ => svi.Step(sharding.Cut(Data)));
    }

    private static Fit Subsampled(ProcessGroup group)
    {
        Svi<Tensor> svi = new(rows =>
        {
            Tensor mean = Sample("mean", new Normal(0, 1));
            using PlateScope plate = Plate("rows", Rows, subsampleSize: 20);
            Sample("y", new Normal(mean, 1), observed: plate.Subsample(rows));
        }, MeanGuide, new Adam(0.02), new TraceElbo(particles: 4), seed: 7)
        {
            Sharding = Shards.Of(4, group),
        };
        Tensor data = Data.Slice(1, 0, 1).Reshape([Rows]).Keep();
        return Take(svi, _ => svi.Step(data), 400);
    }

    private static Fit Declared(ProcessGroup group)
    {
        Sharding sharding = Shards.Of(4, group);
        Svi<Tensor> svi = new(rows =>
        {
            Tensor mean = Sample("mean", new Normal(0, 1));
            using PlateScope plate = Plate("rows", Rows, subsampleSize: rows.Shape[0]);
            Sample("y", new Normal(mean, 1), observed: rows);
        }, MeanGuide, new Adam(0.02), new TraceElbo(particles: 4), seed: 7)
        {
            Sharding = sharding,
        };
        Tensor data = Data.Slice(1, 0, 1).Reshape([Rows]).Keep();
        return Take(svi, step => svi.Step(sharding.Cut(data.Slice(0, step % 2 * 50, 50))), 400);
    }

    private static Fit Discrete(ProcessGroup group)
    {
        Svi<int> svi = new(_ =>
        {
            Tensor on = Sample("on", new Bernoulli(0.5));
            Sample("y", new Normal(on * 3, 1), observed: Tensor.From([2.5f]).Sum());
        }, _ => Sample("on", new Bernoulli(Param("p", 0.5, Constraints.UnitInterval)), options: SiteOptions.None.With(new Baseline { Decay = 0.9 })),
            new Adam(0.02),
            new TraceGraphElbo(), seed: 7)
        {
            Sharding = Shards.Of(4, group),
        };
        Fit fit = Take(svi, _ => svi.Step(0));
        return fit with { Average = svi.State().Averages["on"].Mean };
    }

    private static Fit Take<T>(Svi<T> svi, Func<int, double> step, int steps = Steps)
    {
        double[] losses = [.. Enumerable.Range(0, steps).Select(step)];
        return new Fit(losses, svi.Parameters.Names.ToDictionary(name => name, name => svi.State().Parameters[name].ToArray<float>()));
    }

    private static void Rowwise(Tensor rows)
    {
        Tensor mean = Param("mean", 0.0), spread = Param("spread", 0.0);
        using PlateScope plate = Plate("rows", rows.Shape[0]);
        Sample("y", new Normal(mean, spread.Exp()), observed: rows);
    }

    private static void MeanGuide(Tensor rows) => Sample("mean", new Normal(Param("loc", 0.0), Param("log spread", -1.0).Exp()));

    private sealed class Vae
    {
        private readonly Mlp encoder = new([6, 16, 4]), decoder = new([2, 16, 6]);

        public void Model(Tensor rows)
        {
            Register("decoder", decoder);
            using PlateScope plate = Plate("rows", rows.Shape[0]);
            Tensor z = Sample("z", new Normal(Tensor.Zeros([rows.Shape[0], 2]), 1).ToEvent(1));
            Sample("x", new Normal(decoder.Forward(z), 1).ToEvent(1), observed: rows);
        }

        public void Guide(Tensor rows)
        {
            Register("encoder", encoder);
            using PlateScope plate = Plate("rows", rows.Shape[0]);
            Tensor both = encoder.Forward(rows);
            Sample("z", new Normal(both.Slice(1, 0, 2), both.Slice(1, 2, 2).Exp()).ToEvent(1));
        }
    }
}
