namespace Pyrite.Programs.Plans;

/// <summary>One stage of a planned program.</summary>
internal abstract class PlanStep
{
    /// <summary>Does the work; every result that this stage reads has been made.</summary>
    public abstract void Run(PlanMemory memory);
}
