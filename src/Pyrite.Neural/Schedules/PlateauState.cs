namespace Pyrite;

/// <summary>What a <see cref="PlateauSchedule"/> remembers between reports.</summary>
/// <param name="Best">The best number so far.</param>
/// <param name="ReportsWithoutProgress">How many reports in a row were no better.</param>
/// <param name="ReportsToRest">How many more reports are not counted.</param>
/// <param name="Reductions">How often the rate was lowered.</param>
public readonly record struct PlateauState(double Best, int ReportsWithoutProgress, int ReportsToRest, int Reductions)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
