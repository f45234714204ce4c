using Pyrite.Ops.Convolution;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Activating;

namespace Pyrite.Programs;

/// <summary>Turns the operations of a segment that are needed into units, with ReLUs and masks fused into the convolutions and matrix products before
/// them.</summary>
internal static class UnitFusion
{
    /// <summary>The units in the order of the stream.</summary>
    public static List<PlannedUnit> Run(RecordedStream stream, int start, int end)
    {
        bool[] needed = Needed(stream, start, end);
        int[] uses = Uses(stream, start, end, needed);
        Dictionary<int, PlannedUnit> byOutput = [];
        List<PlannedUnit> units = [];
        for (int i = start; i < end; i++)
        {
            if (!needed[i - start])
            {
                continue;
            }
            RecordedNode node = stream.Nodes[i];
            if (Fusable(node) is { } source && byOutput.TryGetValue(source, out PlannedUnit? convolution) && Accepts(convolution, node)
                && uses[source - start] == 1 && !stream.Escapes.Contains(source))
            {
                if (node.Boxed is Map<ReluKernel>)
                {
                    convolution.Relu = true;
                }
                else
                {
                    convolution.Mask = node.Inputs[1];
                    units.Remove(convolution);
                    units.Add(convolution);
                }
                convolution.Output = i;
                byOutput[i] = convolution;
                continue;
            }
            PlannedUnit unit = new(node, i, node.Inputs);
            byOutput[i] = unit;
            units.Add(unit);
        }
        return units;
    }

    /// <summary>The result that a ReLU or a ReLU's gradient is applied to.</summary>
    private static int? Fusable(RecordedNode node) => node.Boxed is Map<ReluKernel> or Zip<ReluMaskKernel> ? node.Inputs[0] : null;

    private static bool Accepts(PlannedUnit unit, RecordedNode node) => unit.IsLayout
        ? unit.Mask is null && node.Boxed is Zip<ReluMaskKernel> && unit.Node.Spec == node.Spec && node.Inputs[1] != node.Inputs[0]
            && node.Inputs[1] != unit.Inputs[0]
        : unit is { Relu: false, Mask: null } && unit.Node.Spec == node.Spec
        && (unit.IsProduct || (unit.IsConvolution && !ConvolutionArguments.IsPointwise(unit.Shape!.Value)))
        && (node.Inputs.Length == 1 || node.Inputs[1] != node.Inputs[0]);

    private static bool[] Needed(RecordedStream stream, int start, int end)
    {
        bool[] needed = new bool[end - start];
        for (int i = end - 1; i >= start; i--)
        {
            needed[i - start] |= stream.Escapes.Contains(i);
            if (!needed[i - start])
            {
                continue;
            }
            foreach (int input in stream.Nodes[i].Inputs)
            {
                if (input >= start)
                {
                    needed[input - start] = true;
                }
            }
        }
        return needed;
    }

    private static int[] Uses(RecordedStream stream, int start, int end, bool[] needed)
    {
        int[] uses = new int[end - start];
        for (int i = start; i < end; i++)
        {
            if (needed[i - start])
            {
                foreach (int input in stream.Nodes[i].Inputs)
                {
                    if (input >= start)
                    {
                        uses[input - start]++;
                    }
                }
            }
        }
        return uses;
    }
}
