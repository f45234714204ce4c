using Pyrite.Kernels.Threads;

namespace Pyrite.Programs.Plans;

/// <summary>Steps of a plan that run together: one row of steps, or several rows that know nothing of each other and share the threads.</summary>
internal sealed class PlanStage(PlanStep[][] rows)
{
    /// <summary>Does the work of all rows.</summary>
    public void Run(PlanMemory memory)
    {
        if (rows.Length == 1)
        {
            RunRow(0, memory);
            return;
        }
        Body body = new(this, memory);
        WorkerPool.For(rows.Length, ref body);
    }

    private void RunRow(int row, PlanMemory memory)
    {
        foreach (PlanStep step in rows[row])
        {
            step.Run(memory);
        }
    }

    private readonly struct Body(PlanStage stage, PlanMemory memory) : IParallelBody
    {
        public void Run(int index) => stage.RunRow(index, memory);
    }
}
