using Pyrite.Kernels.Threads;
using Pyrite.Programs;

namespace Pyrite.Tests;

/// <summary>Independent runs inside one step, which plans put side by side.</summary>
public sealed class RunScheduleTests
{
    [Theory]
    [InlineData(2, 40_000, true)]
    [InlineData(3, 40_000, true)]
    [InlineData(1, 40_000, false)]
    [InlineData(2, 100, false)]
    public void Large_runs_stand_side_by_side_where_there_are_threads(int threads, int size, bool isSpread)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
        RecordedStream stream = Record(size);
        Assert.Equal(isSpread, Schedule(stream) is not null);
    }

    [Fact]
    public void Every_operation_comes_after_what_it_reads()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(2);
        RecordedStream stream = Record(40_000);
        HashSet<int> made = [];
        int units = 0;
        foreach (PlannedUnit unit in Schedule(stream)!.Groups.SelectMany(group => group.Units))
        {
            Assert.All(unit.Sources.Where(source => source >= 0), source => Assert.Contains(source, made));
            Assert.True(made.Add(unit.Output));
            units++;
        }
        Assert.Equal(UnitFusion.Run(stream, 0, stream.Nodes.Count).Count, units);
    }

    [Fact]
    public void What_runs_hand_to_each_other_is_there_in_time()
    {
        // The second run reads the first one's result, and both read the sum of both: three stages in turn.
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(2);
        Tensor x = RandomKey.FromSeed(1).Normal([50_000], DType.Float64);
        double[] expected = Cross(x);
        for (int step = 0; step < 4; step++)
        {
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Cross(x));
        }
    }

    private static double[] Cross(Tensor x)
    {
        Tensor first, second, both, third;
        using (StepRun.Begin(new StepRun(0)))
        {
            first = (x * 2).Tanh() + 1;
        }
        using (StepRun.Begin(new StepRun(1)))
        {
            second = (x * 3).Tanh() * first;
        }
        both = (first + second).Sigmoid();
        using (StepRun.Begin(new StepRun(0)))
        {
            third = (both * first).Exp();
        }
        using (StepRun.Begin(new StepRun(1)))
        {
            return (third - (both * second)).ToArray<double>();
        }
    }

    /// <summary>Four runs that share a parameter, their mean and its gradient.</summary>
    private static RecordedStream Record(int size)
    {
        using StepScope scope = StepScope.Begin();
        Tensor weight = Tensor.Full([size], 0.5).AsVariable(), total = 0.0;
        for (int run = 0; run < 4; run++)
        {
            using StepRun.Scope scopeOfRun = StepRun.Begin(new StepRun(run));
            total += ((RandomKey.FromSeed((ulong)run).Normal([size]) * weight.Exp()).Tanh() - 1).Square().Sum();
        }
        Tensor gradient = Gradient.Of(total / 4, [weight])[0];
        gradient.ToArray<double>();
        total.Item();
        return scope.Recorder.Recorded!;
    }

    private static RunSchedule? Schedule(RecordedStream stream) =>
        RunSchedule.TryCreate(stream, UnitFusion.Run(stream, 0, stream.Nodes.Count), 0,
            source => source >= 0 ? stream.Nodes[source].Spec : stream.Outside[-1 - source].Spec);
}
