namespace Pyrite.Programs;

/// <summary>The program of one segment of a step.</summary>
internal abstract class StreamPlan
{
    /// <summary>Whether a number has changed that the plan takes for a constant, so that the segment must be planned anew.</summary>
    public abstract bool IsOutdated { get; }

    /// <summary>The plan in words.</summary>
    /// <param name="recorded">How many operations were recorded.</param>
    /// <param name="reader">The line that ends the segment; null where it is not known.</param>
    public abstract PlanSegment Describe(int recorded, string? reader);

    /// <summary>Runs the segment and hands over what escapes.</summary>
    public abstract void Run(List<Tensor> results, List<Tensor> outside, StepScope scope);
}
