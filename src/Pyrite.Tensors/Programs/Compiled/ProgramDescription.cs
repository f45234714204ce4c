using Pyrite.Engine;

namespace Pyrite.Programs.Compiled;

/// <summary>Writes down how a compiled program runs.</summary>
internal static class ProgramDescription
{
    /// <summary>The program in words.</summary>
    /// <param name="program">The program.</param>
    /// <param name="recorded">How many operations were recorded.</param>
    /// <param name="reader">The line that reads a value at its end; null where it is not known.</param>
    public static PlanSegment Of(RecordedProgram program, int recorded, string? reader)
    {
        bool isCompiled = ProgramCode.IsAvailable;
        IReadOnlyList<ProgramOrder.Part> order =
            isCompiled ? Joined(OrderOf(program)) : [.. program.Steps.Select(step => new ProgramOrder.Part(NodeKind.Other, [step]))];
        int[][] reads = PlanDescription.Reads(
            [.. order.Select(part => part.Nodes)], node => program.Node(node).Inputs.Where(program.Depends).Select(program.MemoryOf));
        IEnumerable<PlanPart> parts = order.Select((part, i) => Describe(program, part.Kind, part.Nodes, reads[i], isCompiled));
        return new PlanSegment([.. parts], isCompiled, program.Size, recorded - order.Sum(part => part.Nodes.Count), reader);
    }

    private static List<ProgramOrder.Part> OrderOf(RecordedProgram program) =>
        ProgramOrder.Of(program, new ProgramSimplification(program));

    /// <summary>Numbers that follow each other are one part.</summary>
    private static List<ProgramOrder.Part> Joined(IReadOnlyList<ProgramOrder.Part> order)
    {
        List<ProgramOrder.Part> joined = [];
        foreach ((NodeKind kind, List<int> nodes) in order)
        {
            NodeKind own = kind is NodeKind.Multiple or NodeKind.NumberCheck or NodeKind.Element or NodeKind.Numbers ? NodeKind.Number : kind;
            if (own == NodeKind.Number && joined.Count > 0 && joined[^1].Kind == NodeKind.Number)
            {
                joined[^1].Nodes.AddRange(nodes);
            }
            else
            {
                joined.Add(new ProgramOrder.Part(own, [.. nodes]));
            }
        }
        return joined;
    }

    private static PlanPart Describe(RecordedProgram program, NodeKind kind, List<int> nodes, int[] reads, bool isCompiled)
    {
        string[] names = [.. nodes.Select(node => program.Node(node).Name)];
        long elements = nodes.Max(node => program.SpecOf(node).Shape.Count);
        return kind switch
        {
            NodeKind.Number => new PlanPart(PlanPartKind.Numbers, names, 1, reads),
            NodeKind.Loop => new PlanPart(PlanPartKind.Loop, names, ElementsOf(program, nodes), reads),
            NodeKind.Other when program.Node(nodes[0]).Boxed is IRoundLoop { IsCompiled: true } =>
                new PlanPart(PlanPartKind.Loop, names, elements, reads),
            NodeKind.Other => new PlanPart(PlanPartKind.Kernel, names, elements, reads,
                isCompiled ? PlanDescription.ReasonFor(program.Node(nodes[0])) : "code cannot be compiled here"),
            _ => new PlanPart(PlanPartKind.Kernel, names, elements, reads),
        };
    }

    /// <summary>Sums and checks give one number, but run along with the elements.</summary>
    private static long ElementsOf(RecordedProgram program, List<int> nodes) =>
        nodes.Max(node => program.Node(node).Inputs.Append(node).Max(source => program.SpecOf(source).Shape.Count));
}
