
namespace Pyrite.Programs;

/// <summary>The conditions of a step whose verdicts are still to be looked at.</summary>
internal sealed class PendingChecks
{
    private readonly List<StepCheck> waiting = [];

    /// <summary>The operations that give the verdicts.</summary>
    public IEnumerable<int> Verdicts => waiting.Select(check => check.Verdict.RecordedIndex);

    /// <summary>Adds a condition.</summary>
    public void Add(in StepCheck check) => waiting.Add(check);

    /// <summary>Drops all conditions.</summary>
    public void Clear() => waiting.Clear();

    /// <summary>Looks at all verdicts, which are there, and drops the conditions.</summary>
    /// <returns>The first that does not hold; null for none.</returns>
    public StepCheck? TakeFailed()
    {
        StepCheck? failed = null;
        foreach (StepCheck check in waiting)
        {
            failed ??= check.Holds() || check.Subject.Postpones(check.Part, check.Value) ? null : check;
        }
        waiting.Clear();
        return failed;
    }

    /// <summary>Drops a condition that another one takes the place of.</summary>
    /// <param name="subject">Whose it is.</param>
    /// <param name="part">What is checked.</param>
    /// <param name="noted">Conditions that are kept beyond the step; null for none.</param>
    /// <param name="stream">The operations of the step: nobody reads the verdict of a kept condition any more.</param>
    public void Drop(ICheckSubject subject, string? part, List<StepCheck>? noted, RecordedStream? stream)
    {
        waiting.RemoveAll(check => IsOf(check, subject, part));
        foreach (StepCheck kept in noted?.FindAll(check => IsOf(check, subject, part)) ?? [])
        {
            noted!.Remove(kept);
            stream?.Escapes.Remove(kept.Verdict.RecordedIndex);
        }
    }

    private static bool IsOf(in StepCheck check, ICheckSubject subject, string? part) =>
        ReferenceEquals(check.Subject, subject) && check.Part == part;
}
