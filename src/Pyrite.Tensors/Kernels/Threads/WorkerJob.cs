using System.Runtime.ExceptionServices;
using Pyrite.Kernels.Threads;

namespace Pyrite;

/// <summary>A piece of background work, begun by an idle worker or, failing that, by whoever waits for it.</summary>
public sealed class WorkerJob
{
    private readonly Action _action;
    private readonly object _gate = new();
    private ExceptionDispatchInfo? _failure;
    private int _begun;
    private volatile bool _finished;

    internal WorkerJob(Action action) => _action = action;

    /// <summary>Whether the work has ended, well or badly.</summary>
    public bool IsFinished => _finished;

    /// <summary>Returns once the work is done: runs it here if nobody has begun it, and rethrows what it threw.</summary>
    /// <remarks>While another thread is at it, the caller takes other queued jobs rather than idling.</remarks>
    public void Wait()
    {
        TryRun();
        while (!_finished && WorkerPool.RunQueuedJob())
        {
        }
        lock (_gate)
        {
            while (!_finished)
            {
                Monitor.Wait(_gate);
            }
        }
        _failure?.Throw();
    }

    /// <summary>Runs the work unless somebody has begun it; false if so.</summary>
    internal bool TryRun()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return false;
        }
        try
        {
            _action();
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        lock (_gate)
        {
            _finished = true;
            Monitor.PulseAll(_gate);
        }
        return true;
    }
}
