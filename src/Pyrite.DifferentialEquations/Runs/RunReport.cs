namespace Pyrite.Runs;

/// <summary>Where the numbers that tell how a run went stand behind its outputs.</summary>
internal static class RunReport
{
    public const int Status = 0, Time = 1, Size = 2, Steps = 3, Rejected = 4, Slopes = 5, Jacobians = 6, Events = 7, Count = 8;
}
