using Pyrite.Runs;
using Pyrite.Systems;

namespace Pyrite.Gradients;

/// <summary>Goes back through the steps of a method.</summary>
/// <param name="run">The run, whose functions have its numbers.</param>
internal abstract class StepBack(OdeRun run)
{
    /// <summary>The functions.</summary>
    protected SystemRoom Room => run.Room;

    /// <summary>How many numbers the state has.</summary>
    protected int Size => run.Room.Size;

    /// <summary>Forgets everything.</summary>
    public abstract void Restart();

    /// <summary>Takes what an output inside a step gives.</summary>
    /// <param name="step">The step.</param>
    /// <param name="theta">How far into it, from 0 to 1.</param>
    /// <param name="upstream">The gradient for the output.</param>
    public abstract void AddOutput(in RunEntry step, double theta, ReadOnlySpan<double> upstream);

    /// <summary>Goes back through a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="adjoint">The gradient for the state behind it; that for the state before it afterwards.</param>
    /// <param name="gradients">The gradients for the first block, added to.</param>
    public abstract void GoBack(in RunEntry step, Span<double> adjoint, Span<double> gradients);

    /// <summary>Ends a stretch of steps: the state before the last one that was gone through comes from elsewhere.</summary>
    /// <param name="adjoint">The gradient for that state.</param>
    /// <param name="gradients">The gradients for the first block, added to.</param>
    public abstract void Finish(Span<double> adjoint, Span<double> gradients);

    /// <summary>target += factor · source.</summary>
    public static void AddTo(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }
}
