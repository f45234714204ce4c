namespace Pyrite;

/// <summary>What a solve has cost.</summary>
/// <param name="Steps">Steps that were accepted.</param>
/// <param name="Rejected">Steps that were tried and thrown away, because their error was too large.</param>
/// <param name="Slopes">How often the right-hand side was computed.</param>
/// <param name="Jacobians">How often its Jacobian was computed.</param>
/// <param name="Events">How many events happened.</param>
public sealed record OdeStatistics(long Steps, long Rejected, long Slopes, long Jacobians, long Events)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
