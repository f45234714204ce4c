using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Bounds;
using Pyrite.Ops.Elementwise.Exponentials;
using Pyrite.Ops.Reductions;
using Pyrite.Programs;
using Pyrite.Programs.Compiled;
using Pyrite.Programs.Plans;

namespace Pyrite.Tests;

/// <summary>What plans make of element-wise operations: how few stages, and nothing allocated when they run again.</summary>
public sealed class ElementwisePlanTests
{
    [Fact]
    public void A_chain_of_arithmetic_with_its_sums_is_one_stage()
    {
        if (!VectorCode.IsAvailable)
        {
            return;
        }
        RecordedStream stream = Chain(100_000);
        SegmentProgram program = new(stream, 0, stream.Nodes.Count);
        PlanGroup group = PlanSchedule.Run(program, UnitFusion.Run(program)).Single(g => g.Space.Count > 0);
        TiledLoopBuilder loop = new(group, _ => false, program, isCompiled: true);
        Assert.Equal(5, loop.Work.Instructions.Count);
        Assert.Equal(2, loop.Sums.Length);
        Assert.Equal(2, loop.Values.Count(value => value.Room >= 0));
    }

    [Theory]
    [InlineData(1500, 1)]
    [InlineData(100_000, 1)]
    [InlineData(100_000, 2)]
    public void Running_a_plan_again_allocates_nothing(int count, int threads)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
        RecordedStream stream = Chain(count);
        SegmentPlan plan = new(stream, 0, stream.Nodes.Count);
        List<Tensor> outside = [RandomKey.FromSeed(1).Normal([count], DType.Float32), RandomKey.FromSeed(2).Normal([count], DType.Float32)];
        List<Tensor> results = [.. stream.Nodes.Select(n => Tensor.Unbound(n.Spec))];
        long least = long.MaxValue;
        for (int round = 0; round < 60; round++)
        {
            using StepScope scope = StepScope.Begin();
            long before = GC.GetAllocatedBytesForCurrentThread();
            plan.Run(results, outside, scope);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public void What_is_only_viewed_outside_is_held_whole()
    {
        const int Count = 3000;
        RecordedStream stream = new();
        TensorSpec flat = new([Count], DType.Float32);
        stream.Outside.Add(new OutsideSpec(flat, false));
        stream.Nodes.Add(new RecordedOperation<Map<SquareKernel>>(default, flat, [-1], null, false));
        stream.Nodes.Add(new RecordedOperation<Map<NegateKernel>>(default, flat, [0], null, false));
        stream.Nodes.Add(new RecordedOperation<View>(default, new([1, Count], DType.Float32), [1], null, true));
        stream.Nodes.Add(new RecordedOperation<View>(default, new([Count, 1], DType.Float32), [2], null, true));
        stream.Nodes.Add(new RecordedOperation<Map<AbsKernel>>(default, new([Count, 1], DType.Float32), [3], null, false));
        stream.Escapes.UnionWith([3, 4]);
        Tensor x = RandomKey.FromSeed(3).Normal([Count], DType.Float32);
        List<Tensor> results = [.. stream.Nodes.Select(n => Tensor.Unbound(n.Spec))];
        using StepScope scope = StepScope.Begin();
        new SegmentPlan(stream, 0, stream.Nodes.Count).Run(results, [x], scope);
        float[] squares = [.. x.ToArray<float>().Select(v => v * v)];
        Assert.Equal(squares.Select(v => -v), results[3].ToArray<float>());
        Assert.Equal(squares, results[4].ToArray<float>());
    }

    private static RecordedStream Chain(int count)
    {
        RecordedStream stream = new();
        TensorSpec flat = new([count], DType.Float32);
        TensorSpec single = new([1, 1], DType.Float32);
        stream.Outside.Add(new OutsideSpec(flat, false));
        stream.Outside.Add(new OutsideSpec(flat, false));
        stream.Nodes.Add(new RecordedOperation<Zip<AddKernel>>(default, flat, [-1, -2], null, false));
        stream.Nodes.Add(new RecordedOperation<Zip<MultiplyKernel>>(default, flat, [0, -1], null, false));
        stream.Nodes.Add(new RecordedOperation<Zip<MaximumKernel>>(default, flat, [1, -2], null, false));
        stream.Nodes.Add(new RecordedOperation<SumOperation>(new(1, count, 1), single, [2], null, false));
        stream.Nodes.Add(new RecordedOperation<Map<SquareKernel>>(default, flat, [2], null, false));
        stream.Nodes.Add(new RecordedOperation<SumOperation>(new(1, count, 1), single, [4], null, false));
        stream.Nodes.Add(new RecordedOperation<Zip<SubtractKernel>>(default, flat, [4, 0], null, false));
        stream.Escapes.UnionWith([3, 5, 6]);
        return stream;
    }

    private readonly record struct View : IAliasOperation
    {
        public string Name => "view";

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
    }
}
