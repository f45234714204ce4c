namespace Pyrite.Programs;

/// <summary>The program of one segment of a step.</summary>
internal abstract class StreamPlan
{
    /// <summary>Whether a number has changed that the plan takes for a constant, so that the segment must be planned anew.</summary>
    public abstract bool IsOutdated { get; }

    /// <summary>Runs the segment and hands over what escapes.</summary>
    public abstract void Run(List<Tensor> results, List<Tensor> outside, StepScope scope);
}
