namespace Pyrite;

/// <summary>A part of an <see cref="ExecutionPlan"/>: operations that run together.</summary>
/// <param name="Kind">How they run.</param>
/// <param name="Operations">Their names, in order.</param>
/// <param name="Elements">The elements of the loop, or of the largest result.</param>
/// <param name="Reads">The numbers of the earlier parts of the segment whose results it reads.</param>
/// <param name="Reason">Why a kernel runs alone; null for other parts.</param>
public sealed record PlanPart(PlanPartKind Kind, IReadOnlyList<string> Operations, long Elements, IReadOnlyList<int> Reads, string? Reason = null)
{
    /// <summary>The work in a few words, such as "multiply 3, add".</summary>
    public string Work => string.Join(", ",
        Operations.GroupBy(name => name).Select(group => group.Count() == 1 ? group.Key : $"{group.Key} {group.Count()}"));

    /// <summary>The part as a line of text.</summary>
    public override string ToString() => Kind switch
    {
        PlanPartKind.Numbers => $"{Operations.Count} on numbers in registers: {Work}",
        PlanPartKind.Loop => $"one loop over {Elements} elements: {Work}",
        PlanPartKind.Batch => $"a few images at a time: {Work}",
        _ => $"kernel: {Work}, {Elements} elements{(Reason is null ? "" : $" ({Reason})")}",
    };
}
