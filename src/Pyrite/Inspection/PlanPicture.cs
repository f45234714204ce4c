namespace Pyrite.Inspection;

/// <summary>Draws a plan.</summary>
internal static class PlanPicture
{
    private const int MostNames = 4;

    /// <summary>Parts as nodes, each program in a box, and an arrow from each part to those that read from it.</summary>
    public static Diagram Of(ExecutionPlan plan)
    {
        List<DiagramNode> nodes = [];
        List<DiagramEdge> edges = [];
        for (int s = 0; s < plan.Segments.Count; s++)
        {
            PlanSegment segment = plan.Segments[s];
            string box = plan.Segments.Count == 1 ? plan.Subject : FormattableString.Invariant($"program {s + 1}");
            for (int i = 0; i < segment.Parts.Count; i++)
            {
                PlanPart part = segment.Parts[i];
                nodes.Add(new DiagramNode(Name(s, i, part), Short(part), Style(part.Kind), [box]));
                edges.AddRange(part.Reads.Select(from => new DiagramEdge(Name(s, from, segment.Parts[from]), Name(s, i, part))));
            }
        }
        return new Diagram(nodes, edges, plan.Subject);
    }

    private static string Name(int segment, int number, PlanPart part)
    {
        string kind = part.Kind switch
        {
            PlanPartKind.Numbers => "numbers",
            PlanPartKind.Loop => FormattableString.Invariant($"loop of {part.Elements}"),
            PlanPartKind.Batch => "images",
            _ => "kernel",
        };
        return segment == 0 ? FormattableString.Invariant($"{number + 1} {kind}") : FormattableString.Invariant($"{segment + 1}.{number + 1} {kind}");
    }

    private static string Short(PlanPart part)
    {
        string[] names = [.. part.Operations.Distinct()];
        string more = names.Length > MostNames ? FormattableString.Invariant($" and {names.Length - MostNames} more") : "";
        return string.Join(", ", names.Take(MostNames)) + more;
    }

    private static DiagramNodeStyle Style(PlanPartKind kind) => kind switch
    {
        PlanPartKind.Numbers => DiagramNodeStyle.Open,
        PlanPartKind.Loop => DiagramNodeStyle.Filled,
        PlanPartKind.Batch => DiagramNodeStyle.FilledSquare,
        _ => DiagramNodeStyle.Square,
    };
}
