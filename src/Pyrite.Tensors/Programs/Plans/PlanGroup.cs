namespace Pyrite.Programs.Plans;

/// <summary>Units that make up one step of a plan.</summary>
/// <param name="Batch">The batch that they walk over together; 0 where they do not.</param>
/// <param name="Space">The elements that they compute in one loop; none where they do not.</param>
/// <param name="Units">The units in an order that respects what they read.</param>
internal sealed record PlanGroup(int Batch, LoopSpace Space, List<PlannedUnit> Units)
{
    /// <summary>A unit on its own.</summary>
    public static PlanGroup Single(PlannedUnit unit) => new(0, default, [unit]);

    /// <summary>Whether units hand results on to each other piece by piece.</summary>
    public bool IsShared => Batch > 0 || Space.Count > 0;
}
