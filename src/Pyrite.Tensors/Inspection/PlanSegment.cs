using System.Text;

namespace Pyrite;

/// <summary>A stretch of an <see cref="ExecutionPlan"/> that runs as one program: up to a place where a value is read.</summary>
/// <param name="Parts">What runs, in order.</param>
/// <param name="IsCompiled">Whether the stretch is compiled to code of its own; else kernels run on all threads.</param>
/// <param name="Bytes">The memory of the results that are kept while it runs.</param>
/// <param name="Saved">How many recorded operations need not run: constants, repeated ones, and those that nothing reads.</param>
/// <param name="EndsAt">The line of code that reads a value and so ends the stretch; null where it is not known.</param>
public sealed record PlanSegment(IReadOnlyList<PlanPart> Parts, bool IsCompiled, long Bytes, int Saved, string? EndsAt)
{
    /// <summary>The stretch as lines of text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(IsCompiled ? "compiled" : "kernels and tiles on all threads").Append(FormattableString.Invariant($", {Bytes} bytes, "))
            .Append(FormattableString.Invariant($"{Saved} operations saved"));
        for (int i = 0; i < Parts.Count; i++)
        {
            IEnumerable<string> parts = Parts[i].Reads.Select(part => FormattableString.Invariant($"{part + 1}"));
            string reads = Parts[i].Reads.Count == 0 ? "" : $"  <- {string.Join(", ", parts)}";
            text.Append(FormattableString.Invariant($"\n  {i + 1,3}  {Parts[i]}{reads}"));
        }
        return EndsAt is null ? text.ToString() : text.Append("\n  ends where a value is read: ").Append(EndsAt).ToString();
    }
}
