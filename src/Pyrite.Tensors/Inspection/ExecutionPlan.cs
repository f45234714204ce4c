using Pyrite.Kernels.Code;

namespace Pyrite;

/// <summary>How a recorded step or a log-density runs when it comes again: what became one loop, what runs by its kernel and why, what memory it
/// takes, and where reading a value cuts it.</summary>
public sealed class ExecutionPlan
{
    /// <summary>What the library takes to check that an operation of a step is the recorded one (bench <c>overhead</c>, Zen 5).</summary>
    internal const int NanosecondsPerCheckedOperation = 35;

    internal ExecutionPlan(string subject, IReadOnlyList<PlanSegment> segments, int checkedOperations, string? readingLine,
        IReadOnlyList<UnrolledLoop>? unrolled = null)
    {
        Subject = subject;
        Segments = segments;
        CheckedOperations = checkedOperations;
        ReadingLine = readingLine;
        UnrolledLoops = unrolled ?? [];
    }

    /// <summary>The plan of what is run anew every time, because it reads a value.</summary>
    /// <param name="subject">What it is, such as "a log-density".</param>
    /// <param name="readingLine">The place that reads.</param>
    public static ExecutionPlan OfReading(string subject, string readingLine) => new(subject, [], 0, readingLine);

    /// <summary>What the plan is of, such as "a step".</summary>
    public string Subject { get; }

    /// <summary>The stretches between reads, in order; none where nothing is recorded.</summary>
    public IReadOnlyList<PlanSegment> Segments { get; }

    /// <summary>How many operations and calls of log-densities are compared with the recorded ones in every step; 0 for a log-density, whose C# code
    /// does not run again.</summary>
    public int CheckedOperations { get; }

    /// <summary>The line that reads a value, for which a log-density is not recorded but run anew for every gradient; null for none.</summary>
    public string? ReadingLine { get; }

    /// <summary>Loops in the C# code that run operation by operation: of a log-density those that became no loop of its program, with the reason, and
    /// of a step all of them, with what each would save as <see cref="Scan"/>.</summary>
    public IReadOnlyList<UnrolledLoop> UnrolledLoops { get; }

    /// <summary>Operations without compiled form, each with the reason.</summary>
    public IEnumerable<PlanPart> Uncompiled => Segments.SelectMany(segment => segment.Parts).Where(part => part.Kind == PlanPartKind.Kernel);

    /// <summary>The estimated time that calls of operations without compiled form take beside their arithmetic, as a share of the whole, and the
    /// names of those operations, the most frequent first; a share of 0 where that is less than five microseconds, and where no code can be
    /// compiled.</summary>
    public (double Share, IReadOnlyList<string> Names) Dispatch
    {
        get
        {
            // Nanoseconds: what a kernel called through tensors takes beside its elements (bench nuts, models with kernels), and the rest roughly.
            const double Call = 40, Number = 1.5, LoopElement = 0.6, Element = 2, Least = 5000;
            PlanPart[] parts = [.. Segments.SelectMany(segment => segment.Parts)];
            string[] calls = [.. parts.Where(part => part.Reason is not null).SelectMany(part => part.Operations)];
            double others = parts.Sum(part => part.Kind switch
            {
                PlanPartKind.Numbers => Number * part.Operations.Count,
                PlanPartKind.Kernel => Element * part.Elements,
                _ => LoopElement * part.Elements * part.Operations.Count,
            });
            double time = Call * calls.Length;
            return (time < Least || !VectorCode.IsAvailable ? 0 : time / (time + others + (CheckedOperations * NanosecondsPerCheckedOperation)),
                [.. calls.GroupBy(name => name).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} ({group.Count()})")]);
        }
    }

    /// <summary>The plan as text.</summary>
    public override string ToString()
    {
        if (ReadingLine is not null)
        {
            return $"{Subject}: run anew every time, because a value is read at {ReadingLine}";
        }
        double microseconds = CheckedOperations * NanosecondsPerCheckedOperation / 1e3;
        string cost = CheckedOperations == 0 ? "" : FormattableString.Invariant(
            $"; {CheckedOperations} operations and calls are checked in every step, about {microseconds:0.0} µs");
        string head = FormattableString.Invariant($"{Subject}: {Segments.Count} {(Segments.Count == 1 ? "program" : "programs")}{cost}");
        IEnumerable<string> programs = Segments.Select((segment, i) => FormattableString.Invariant($"{i + 1}. {segment}"));
        return string.Join("\n", [head, .. programs, .. UnrolledLoops.Select(loop => loop.ToString())]);
    }
}
