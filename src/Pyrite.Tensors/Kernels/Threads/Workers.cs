using Pyrite.Kernels.Threads;

namespace Pyrite;

/// <summary>The engine's threads, for work of one's own: the caller and <c>PYRITE_THREADS</c> - 1 workers, by default as many as there are
/// cores.</summary>
/// <remarks>Loops and jobs of one's own and those of the engine share them, so that a program has no more threads at work than it has cores. Tensors
/// of an open step belong to the thread that opened it; inside use plain arrays.</remarks>
public static class Workers
{
    /// <summary>How many threads a loop started here may use, this one included: one inside of a loop.</summary>
    public static int Count => WorkerPool.ThreadCount;

    /// <summary>Whether the present thread runs .NET's tasks, which hand exceptions on; on others an exception that nobody catches ends the
    /// process.</summary>
    public static bool IsTaskThread => WorkerPool.IsTaskThread;

    /// <summary>Runs an action for every index and returns when all are done.</summary>
    /// <param name="count">The indices are those below it; they run in any order, and side by side where there are threads.</param>
    /// <param name="body">What to do; what it computes must not depend on who runs which index.</param>
    /// <remarks>The first exception stops the remaining indices and is rethrown here. A loop inside of a loop runs on its caller alone.</remarks>
    public static void For(int count, Action<int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Body call = new(body);
        WorkerPool.For(count, ref call);
    }

    /// <summary>Queues background work; an idle worker picks it up, or <see cref="WorkerJob.Wait"/> runs it.</summary>
    /// <param name="action">What to do.</param>
    public static WorkerJob Start(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return WorkerPool.Submit(action);
    }

    private readonly struct Body(Action<int> body) : IParallelBody
    {
        public void Run(int index) => body(index);
    }
}
