using System.Collections.Concurrent;
#pragma warning disable RS0030 // The one place that may start threads.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Threads;

/// <summary>The engine's threads: the caller and <c>PYRITE_THREADS</c> - 1 workers, by default as many as there are cores.</summary>
/// <remarks>
/// Workers spin for at most about 50 µs after their last work and then sleep. One loop runs on the workers at a time; a loop started
/// from inside a loop, from inside a worker or while another thread's loop is under way runs on its caller alone. What a loop computes
/// may therefore not depend on who runs which index.
/// </remarks>
internal static unsafe class WorkerPool
{
    private const int SpinsBeforeSleep = 1000;
    private const long Open = 1L << 62;
    private const long EpochStep = 1L << 16;
    private const long ActiveMask = EpochStep - 1;

    private static readonly int DefaultThreads = ReadThreadCount();
    private static readonly ConcurrentQueue<WorkerJob> Jobs = new();
    private static readonly SemaphoreSlim Wake = new(0);
    private static readonly Lock StartLock = new();

    private static LoopState s_loop;
    private static PaddedCounter s_next;
    private static int s_workers;
    private static int s_sleeping;
    private static int s_loopBusy;

    [ThreadStatic]
    private static int t_limit;

    [ThreadStatic]
    private static bool t_inside;

    /// <summary>Whether this thread does the engine's work: a worker, or the caller of a loop.</summary>
    public static bool IsWorker => t_inside;

    /// <summary>Whether the present thread runs .NET's tasks, which hand exceptions on; on others they end the process.</summary>
    public static bool IsTaskThread => Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>Threads that a loop started by this thread may use, itself included: one inside of a loop.</summary>
    public static int ThreadCount => t_inside ? 1 : t_limit > 0 ? t_limit : DefaultThreads;

    /// <summary>Runs <c>body.Run(i)</c> for every i below <paramref name="count"/> and returns when all are done.</summary>
    /// <remarks>The first exception stops the remaining indices and is rethrown here. Nothing is allocated.</remarks>
    public static void For<TBody>(int count, ref TBody body)
        where TBody : struct, IParallelBody
    {
        int helpers = Math.Min(ThreadCount, count) - 1;
        if (helpers <= 0 || t_inside || Interlocked.CompareExchange(ref s_loopBusy, 1, 0) != 0)
        {
            for (int i = 0; i < count; i++)
            {
                body.Run(i);
            }
            return;
        }

        // Workers reach the body through its address, which only a local of this frame keeps for certain.
        TBody local = body;
        try
        {
            StartWorkers(helpers);
            s_loop.Body = (nint)Unsafe.AsPointer(ref local);
            s_loop.Run = &RunIndices<TBody>;
            s_loop.Count = count;
            s_loop.MaxHelpers = helpers;
            s_loop.Failure = null;
            s_next.Value = 0;
            long epoch = (s_loop.State & ~Open) + EpochStep;
            Interlocked.Exchange(ref s_loop.State, (epoch & ~Open) | Open);
            WakeWorkers(helpers);

            t_inside = true;
            RunIndices<TBody>(s_loop.Body);
            t_inside = false;

            Interlocked.And(ref s_loop.State, ~Open);
            SpinWait wait = default;
            while ((Volatile.Read(ref s_loop.State) & ActiveMask) != 0)
            {
                wait.SpinOnce(-1);
            }
            body = local;
        }
        finally
        {
            t_inside = false;
            ExceptionDispatchInfo? failure = s_loop.Failure;
            Volatile.Write(ref s_loopBusy, 0);
            failure?.Throw();
        }
    }

    /// <summary>Queues background work; an idle worker picks it up, or <see cref="WorkerJob.Wait"/> runs it.</summary>
    public static WorkerJob Submit(Action action)
    {
        WorkerJob job = new(action);
        if (ThreadCount > 1)
        {
            StartWorkers(ThreadCount - 1);
            Jobs.Enqueue(job);
            WakeWorkers(1);
        }
        return job;
    }

    /// <summary>Until disposed, loops and jobs started by this thread use <paramref name="threads"/> threads, more than there are cores if so
    /// asked.</summary>
    public static ThreadLimit LimitThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ThreadLimit previous = new(t_limit);
        t_limit = threads;
        return previous;
    }

    /// <summary>Runs one queued job on this thread; false if there is none.</summary>
    internal static bool RunQueuedJob()
    {
        while (Jobs.TryDequeue(out WorkerJob? job))
        {
            if (job.TryRun())
            {
                return true;
            }
        }
        return false;
    }

    private static void RunIndices<TBody>(nint address)
        where TBody : struct, IParallelBody
    {
        ref TBody body = ref Unsafe.AsRef<TBody>((void*)address);
        int count = s_loop.Count;
        try
        {
            for (int i = Interlocked.Increment(ref s_next.Value) - 1; i < count; i = Interlocked.Increment(ref s_next.Value) - 1)
            {
                body.Run(i);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref s_loop.Failure, ExceptionDispatchInfo.Capture(exception), null);
            Interlocked.Exchange(ref s_next.Value, count);
        }
    }

    private static void StartWorkers(int needed)
    {
        if (Volatile.Read(ref s_workers) >= needed)
        {
            return;
        }
        lock (StartLock)
        {
            for (; s_workers < needed; s_workers++)
            {
                // Workers serve everybody, so nothing of the work that happens to need the first one flows into them.
                new Thread(Work) { IsBackground = true, Name = "Pyrite worker" }.UnsafeStart();
            }
        }
    }

    private static void WakeWorkers(int count)
    {
        int sleeping = Volatile.Read(ref s_sleeping);
        if (sleeping > 0)
        {
            Wake.Release(Math.Min(sleeping, count));
        }
    }

    private static void Work()
    {
        t_inside = true;
        long seen = 0;
        while (true)
        {
            for (int spins = 0; spins < SpinsBeforeSleep; spins++)
            {
                if (TryJoin(ref seen) || RunQueuedJob())
                {
                    spins = 0;
                }
                Thread.SpinWait(1);
            }

            // Announce the sleep first, then look once more, so that work published in between is never slept over.
            Interlocked.Increment(ref s_sleeping);
            if (!TryJoin(ref seen) && !RunQueuedJob())
            {
                Wake.Wait();
            }
            Interlocked.Decrement(ref s_sleeping);
        }
    }

    private static bool TryJoin(ref long seen)
    {
        long state = Volatile.Read(ref s_loop.State);
        if ((state & Open) == 0 || (state & ~ActiveMask) == seen || (state & ActiveMask) >= Volatile.Read(ref s_loop.MaxHelpers))
        {
            return false;
        }
        if (Interlocked.CompareExchange(ref s_loop.State, state + 1, state) != state)
        {
            return false;
        }
        seen = state & ~ActiveMask;
        s_loop.Run(s_loop.Body);
        Interlocked.Decrement(ref s_loop.State);
        return true;
    }

    private static int ReadThreadCount() =>
        int.TryParse(Environment.GetEnvironmentVariable("PYRITE_THREADS"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int threads)
            && threads > 0
            ? Math.Min(threads, 1024)
            : Environment.ProcessorCount;

    /// <summary>Restores the thread's earlier limit when disposed.</summary>
    internal readonly ref struct ThreadLimit(int previous)
    {
        public void Dispose() => t_limit = previous;
    }

    private struct LoopState
    {
        public long State;
        public nint Body;
        public delegate*<nint, void> Run;
        public int Count;
        public int MaxHelpers;
        public ExceptionDispatchInfo? Failure;
    }

    // The index counter has a cache line to itself: every lane writes it.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct PaddedCounter
    {
        [FieldOffset(128)]
        public int Value;
    }
}
