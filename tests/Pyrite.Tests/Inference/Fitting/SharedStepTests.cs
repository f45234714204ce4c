using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Inferences that share their steps: each has a part of the data, and a reduction brings their gradients together.</summary>
public sealed class SharedStepTests
{
    /// <summary>More than it takes until small programs are compiled.</summary>
    private const int Steps = 60;

    [Theory]
    [InlineData(40)]
    [InlineData(20_000)]
    public void Two_halves_of_the_data_learn_what_the_whole_learns(int rows)
    {
        Tensor data = (RandomKey.FromSeed(1).Normal([rows]) + 2).Keep();
        Svi<Tensor> whole = new(Model, _ => { }, new Adam(0.02), new TraceElbo(), seed: 3) { MaxGradientNorm = 1 };
        double[] expected = [.. Enumerable.Range(0, Steps).Select(_ => whole.Step(data))];
        (Svi<Tensor> Svi, double[] Losses)[] halves = Share([data.Slice(0, 0, rows / 2).Keep(), data.Slice(0, rows / 2, rows / 2).Keep()]);
        Assert.Equal(halves[0].Losses, halves[1].Losses);
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(expected[step], halves[0].Losses[step], Math.Abs(expected[step]) * 1e-4);
        }
        foreach (string name in whole.Parameters.Names)
        {
            Assert.Equal(halves[0].Svi.Parameters[name].ToArray<float>(), halves[1].Svi.Parameters[name].ToArray<float>());
            Assert.Equal(whole.Parameters[name].Item(), halves[0].Svi.Parameters[name].Item(), 1e-3);
        }
        Assert.NotEqual(0, whole.Parameters["mean"].Item());
    }

    [Fact]
    public void A_number_that_is_not_finite_in_one_part_skips_the_step_of_all()
    {
        Tensor good = Tensor.From([1f, 2f]), huge = Tensor.From([1e30f, 1f]);
        (Svi<Tensor> Svi, double[] Losses)[] parts = Share([good, huge], steps: 3);
        foreach ((Svi<Tensor> svi, double[] losses) in parts)
        {
            Assert.Equal(3, svi.SkippedCount);
            Assert.All(losses, loss => Assert.False(double.IsFinite(loss)));
            Assert.Equal(0, svi.Parameters["mean"].Item());
        }
    }

    [Fact]
    public void Shards_draw_apart_but_start_alike()
    {
        Svi<int>[] shards = [.. Enumerable.Range(0, 2).Select(shard => new Svi<int>(Prior, Guide, new Sgd(0), new TraceElbo(), seed: 3)
        {
            Shard = StepRun.Shard(shard),
        })];
        double[] losses = [.. shards.Select(svi => svi.Step(0))];
        Assert.NotEqual(losses[0], losses[1]);
        Assert.Equal(shards[0].Parameters["loc"].Item(), shards[1].Parameters["loc"].Item());
    }

    private static void Model(Tensor rows)
    {
        Tensor mean = Param("mean", 0.0), spread = Param("spread", 0.0);
        using PlateScope plate = Plate("rows", rows.Shape[0]);
        Sample("y", new Normal(mean, spread.Exp()), observed: rows);
    }

    private static void Prior(int data) => Sample("z", new Normal(0, 1));

    private static void Guide(int data) => Sample("z", new Normal(Param("loc", 0.5), 2));

    /// <summary>One inference for each part, on threads of their own.</summary>
    private static (Svi<Tensor> Svi, double[] Losses)[] Share(Tensor[] parts, int steps = Steps)
    {
        Group group = new(parts.Length);
        (Svi<Tensor> Svi, double[] Losses)[] results = new (Svi<Tensor>, double[])[parts.Length];
        Exception?[] failures = new Exception?[parts.Length];
        Thread[] threads = new Thread[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            int own = i;
            threads[own] = new Thread(() =>
            {
                try
                {
                    Svi<Tensor> svi = new(Model, _ => { }, new Adam(0.02), new TraceElbo(), seed: 3)
                    {
                        MaxGradientNorm = 1,
                        Reduction = new Member(group, own),
                        Shard = StepRun.Shard(own),
                    };
                    results[own] = (svi, [.. Enumerable.Range(0, steps).Select(_ => svi.Step(parts[own]))]);
                }
                catch (Exception failure)
                {
                    failures[own] = failure;
                    group.Leave();
                }
            });
        }
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
        return results;
    }

    /// <summary>Inferences in one process, each on a thread.</summary>
    private sealed class Group(int count)
    {
        private readonly Barrier barrier = new(count);
        private readonly double[][] numbers = new double[count][];
        private readonly float[][] gradients = new float[count][];

        public void Leave() => barrier.RemoveParticipant();

        public void Sum(int own, Span<double> ownNumbers, Span<float> ownGradients)
        {
            (numbers[own], gradients[own]) = (ownNumbers.ToArray(), ownGradients.ToArray());
            barrier.SignalAndWait();
            for (int i = 0; i < ownNumbers.Length; i++)
            {
                ownNumbers[i] = numbers.Sum(part => part[i]);
            }
            for (int i = 0; i < ownGradients.Length; i++)
            {
                ownGradients[i] = gradients[0][i] + gradients[1][i];
            }
            barrier.SignalAndWait();
        }
    }

    private sealed class Member(Group group, int own) : IGradientReduction
    {
        private long next;

        public void Reduce(long step, Span<double> numbers, GradientBlock gradients)
        {
            Assert.Equal(next++, step);
            group.Sum(own, numbers, gradients.Elements<float>());
        }
    }
}
