using Pyrite.Kernels.Threads;
using Pyrite.Programs;
using Pyrite.Programs.Compiled;
using Pyrite.Programs.Plans;

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
        RecordedProgram program = Record(size);
        Assert.Equal(isSpread, RunSchedule.TryCreate(program, UnitFusion.Run(program)) is not null);
    }

    [Fact]
    public void Every_operation_comes_after_what_it_reads()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(2);
        RecordedProgram program = Record(40_000);
        HashSet<int> made = [];
        int units = 0;
        foreach (PlannedUnit unit in RunSchedule.TryCreate(program, UnitFusion.Run(program))!.Groups.SelectMany(group => group.Units))
        {
            Assert.All(unit.Reads(program), source => Assert.Contains(source, made));
            Assert.True(made.Add(unit.Output));
            units++;
        }
        Assert.Equal(UnitFusion.Run(program).Count, units);
    }

    [Fact]
    public void What_all_runs_compute_alike_is_computed_once_for_all()
    {
        RecordedProgram program = Record(40_000);
        int exponential = Assert.Single(program.Steps, step => program.Node(step).Name == "exp");
        Assert.Equal(StepRun.None, program.RunOf(exponential));
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
        using (StepRun.Begin(StepRun.Particle(0)))
        {
            first = (x * 2).Tanh() + 1;
        }
        using (StepRun.Begin(StepRun.Particle(1)))
        {
            second = (x * 3).Tanh() * first;
        }
        both = (first + second).Sigmoid();
        using (StepRun.Begin(StepRun.Particle(0)))
        {
            third = (both * first).Exp();
        }
        using (StepRun.Begin(StepRun.Particle(1)))
        {
            return (third - (both * second)).ToArray<double>();
        }
    }

    /// <summary>Four runs that share a parameter, their mean and its gradient.</summary>
    private static RecordedProgram Record(int size)
    {
        Tensor weight = Tensor.Full([size], 0.5).AsVariable(), total = 0.0;
        using StepScope scope = StepScope.Begin();
        for (int run = 0; run < 4; run++)
        {
            using StepRun.Scope scopeOfRun = StepRun.Begin(StepRun.Shard(run));
            total += ((RandomKey.FromSeed((ulong)run).Normal([size]) * weight.Exp()).Tanh() - 1).Square().Sum();
        }
        Tensor gradient = Gradient.Of(total / 4, [weight])[0];
        gradient.ToArray<double>();
        total.Item();
        RecordedStream stream = scope.Recorder.Recorded!;
        return new SegmentProgram(stream, 0, stream.Nodes.Count);
    }
}
