using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Every_index_runs_once(int count)
    {
        for (int threads = 1; threads <= 4; threads++)
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            CountBody body = new(new int[count]);
            WorkerPool.For(count, ref body);
            Assert.All(body.Runs, runs => Assert.Equal(1, runs));
        }
    }

    [Fact]
    public void Many_short_loops_in_a_row_lose_no_index()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(3);
        CountBody body = new(new int[5]);
        for (int i = 0; i < 20_000; i++)
        {
            WorkerPool.For(5, ref body);
        }
        Assert.All(body.Runs, runs => Assert.Equal(20_000, runs));
    }

    [Fact]
    public void An_exception_reaches_the_caller_and_the_pool_stays_usable()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(3);
        for (int i = 0; i < 50; i++)
        {
            ThrowBody body = new(i % 7);
            Assert.Throws<InvalidOperationException>(() => WorkerPool.For(100, ref body));
        }
        CountBody after = new(new int[10]);
        WorkerPool.For(10, ref after);
        Assert.All(after.Runs, runs => Assert.Equal(1, runs));
    }

    [Fact]
    public void A_loop_inside_a_loop_runs()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(3);
        NestedBody body = new(new int[8 * 8]);
        WorkerPool.For(8, ref body);
        Assert.All(body.Runs, runs => Assert.Equal(1, runs));
    }

    [Fact]
    public async Task Concurrent_callers_do_not_disturb_each_other()
    {
        Task[] callers = new Task[6];
        for (int i = 0; i < callers.Length; i++)
        {
            callers[i] = Task.Run(() =>
            {
                using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(3);
                CountBody body = new(new int[50]);
                for (int repeat = 0; repeat < 1000; repeat++)
                {
                    WorkerPool.For(50, ref body);
                }
                Assert.All(body.Runs, runs => Assert.Equal(1000, runs));
            });
        }
        await Task.WhenAll(callers);
    }

    [Fact]
    public void Jobs_run_and_rethrow_when_waited_for()
    {
        for (int threads = 1; threads <= 3; threads++)
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            int sum = 0;
            WorkerJob[] jobs = [.. Enumerable.Range(1, 100).Select(i => WorkerPool.Submit(() => Interlocked.Add(ref sum, i)))];
            Array.ForEach(jobs, job => job.Wait());
            Assert.Equal(5050, sum);
            WorkerJob failing = WorkerPool.Submit(() => throw new InvalidDataException("expected"));
            Assert.Throws<InvalidDataException>(failing.Wait);
            Assert.True(failing.IsFinished);
        }
    }

    [Fact]
    public void A_job_begins_on_a_worker_while_the_caller_is_busy()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(3);
        using ManualResetEventSlim started = new();
        WorkerJob job = WorkerPool.Submit(started.Set);
        Assert.True(started.Wait(TimeSpan.FromSeconds(20)));
        job.Wait();
    }

    [Fact]
    public void A_loop_allocates_nothing()
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(2);
        CountBody body = new(new int[4]);
        WorkerPool.For(4, ref body);
        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                WorkerPool.For(4, ref body);
            }
        }));
    }

    private readonly struct CountBody(int[] runs) : IParallelBody
    {
        public int[] Runs => runs;

        public void Run(int index) => Interlocked.Increment(ref runs[index]);
    }

    private readonly struct ThrowBody(int at) : IParallelBody
    {
        public void Run(int index)
        {
            if (index == at)
            {
                throw new InvalidOperationException("expected");
            }
        }
    }

    private readonly struct NestedBody(int[] runs) : IParallelBody
    {
        public int[] Runs => runs;

        public void Run(int index)
        {
            InnerBody inner = new(runs, index);
            WorkerPool.For(8, ref inner);
        }
    }

    private readonly struct InnerBody(int[] runs, int row) : IParallelBody
    {
        public void Run(int index) => Interlocked.Increment(ref runs[(row * 8) + index]);
    }
}
