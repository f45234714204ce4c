namespace Pyrite.Programs;

/// <summary>The program of one segment of a step.</summary>
internal abstract class StreamPlan
{
    /// <summary>Runs the segment and hands over what escapes.</summary>
    public abstract void Run(List<Tensor> results, List<Tensor> outside, StepScope scope);
}
