using Pyrite.Kernels.Code;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Turns the operations of a program into units, with ReLUs and masks fused into the convolutions and matrix products before them.</summary>
internal static class UnitFusion
{
    /// <summary>The units in the order of the program.</summary>
    public static List<PlannedUnit> Run(RecordedProgram program)
    {
        Dictionary<int, int> uses = Uses(program);
        Dictionary<int, PlannedUnit> byOutput = [];
        List<PlannedUnit> units = [];
        foreach (int i in program.Steps)
        {
            RecordedNode node = program.Node(i);
            bool isRelu = node.Form?.Instruction == VectorInstruction.Relu;
            if ((isRelu || node.Form?.Instruction == VectorInstruction.PositiveOnly) && program.MemoryOf(node.Inputs[0]) is int source
                && byOutput.TryGetValue(source, out PlannedUnit? maker) && uses[source] == 1 && Accepts(program, maker, node))
            {
                maker.Relu = isRelu;
                if (!isRelu)
                {
                    // The mask may have been made after the unit's other inputs.
                    maker.Mask = node.Inputs[1];
                    units.Remove(maker);
                    units.Add(maker);
                }
                maker.Output = i;
                byOutput[i] = maker;
                continue;
            }
            PlannedUnit unit = new(node, i, node.Inputs);
            byOutput[i] = unit;
            units.Add(unit);
        }
        return units;
    }

    private static bool Accepts(RecordedProgram program, PlannedUnit unit, RecordedNode node)
    {
        bool isMask = node.Inputs.Length == 2;
        int mask = isMask ? program.MemoryOf(node.Inputs[1]) : -1;
        return unit is { Relu: false, Mask: null } && unit.Node.Spec == node.Spec && program.SpecOf(node.Inputs[0]) == node.Spec
            && unit.Fusing?.Fuses(node.Spec, isMask) == true
            && (!isMask || (mask != unit.Output && mask != program.MemoryOf(unit.Inputs[0])));
    }

    /// <summary>How often each result is read, by operations and from outside.</summary>
    private static Dictionary<int, int> Uses(RecordedProgram program)
    {
        Dictionary<int, int> uses = [];
        foreach (int source in program.Steps.SelectMany(step => program.Node(step).Inputs).Where(program.Depends).Select(program.MemoryOf)
            .Concat(program.Results))
        {
            uses[source] = uses.GetValueOrDefault(source) + 1;
        }
        return uses;
    }
}
