using Pyrite.Kernels.Threads;

namespace Pyrite;

/// <summary>A tensor of an open step was used on a thread that the step does not belong to.</summary>
public sealed class StepThreadException : InvalidOperationException
{
    internal StepThreadException(Shape shape, int owner)
        : base($"A tensor of shape {shape} belongs to an open step of thread {owner}"
            + $" and was used on thread {Environment.CurrentManagedThreadId}. The "
            + "tensors of a step are used on the thread that runs it: no tasks, await, parallel loops or PLINQ around them. Read numbers there "
            + "first, with ToArray, and give those to other threads.")
    {
    }

    /// <summary>Refuses threads other than that of the step; those of the engine work for it.</summary>
    internal static void ThrowIfForeign(int owner, Tensor tensor)
    {
        if (owner != Environment.CurrentManagedThreadId && !WorkerPool.IsWorker)
        {
            throw new StepThreadException(tensor.Shape, owner);
        }
    }
}
