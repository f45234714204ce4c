using Pyrite.Engine;
using Pyrite.Kernels.Convolution;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Decides which results of a plan keep a margin of zeros around their images, so that the convolutions that read them need no
/// copy.</summary>
/// <remarks>Such a result is made by a convolution or a change of layout inside a group and read by convolutions and their gradients inside groups
/// only.</remarks>
internal static class ImageMargins
{
    /// <summary>The margin of every result that has one, in pixels.</summary>
    public static Dictionary<int, int> Run(RecordedProgram program, List<PlanGroup> schedule)
    {
        HashSet<int> read = [.. program.Results];
        Dictionary<int, int> margins = [];
        foreach (PlannedUnit unit in schedule.Where(s => s.Batch > 0).SelectMany(s => s.Units))
        {
            TensorSpec spec = unit.Node.Spec;
            if ((unit.IsConvolution || unit.IsLayout) && spec.Layout == Layout.ChannelsLast && spec.Shape[1] % ImageSum.ChannelBlock == 0
                && !read.Contains(unit.Output))
            {
                margins[unit.Output] = 0;
            }
        }
        foreach ((int batch, _, List<PlannedUnit> units) in schedule)
        {
            foreach (PlannedUnit unit in units)
            {
                foreach (int source in unit.Sources.Where(program.IsMade))
                {
                    int image = program.MemoryOf(source);
                    if (margins.TryGetValue(image, out int margin))
                    {
                        Widen(margins, image, margin, batch > 0 && program.SpecOf(source) == program.SpecOf(image) ? Need(unit, source) : null);
                    }
                }
            }
        }
        Level(program, margins, schedule);
        return margins;
    }

    /// <summary>How far a unit reads beyond the images of a result; null where it cannot step over margins.</summary>
    private static int? Need(PlannedUnit unit, int source)
    {
        if (unit.IsConvolution)
        {
            bool isWeight = unit.Inputs.AsSpan(1).Contains(source);
            int reach = unit.Inputs[0] == source ? ConvolutionMargin.OfSource(unit.Shape!.Value, unit.IsTransposed) : 0;
            return isWeight ? null : reach;
        }
        if (!unit.IsLaneSum)
        {
            return null;
        }

        // With few output channels the gradient may shift the other operand, and then needs less.
        return unit.Shape is { } shape && unit.Inputs[0] == source ? ConvolutionMargin.OfSource(shape, gradient: false) : 0;
    }

    /// <summary>A mask and what it is applied to lie alike in memory.</summary>
    private static void Level(RecordedProgram program, Dictionary<int, int> margins, List<PlanGroup> schedule)
    {
        List<PlannedUnit> masked = [.. schedule.SelectMany(s => s.Units).Where(u => u is { IsConvolution: true, Mask: not null })];
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (PlannedUnit unit in masked)
            {
                int mask = program.MemoryOf(unit.Mask!.Value);
                bool both = margins.TryGetValue(mask, out int outer) & margins.TryGetValue(unit.Output, out int inner);
                if (!both)
                {
                    changed |= margins.Remove(mask) | margins.Remove(unit.Output);
                }
                else if (outer != inner)
                {
                    margins[mask] = margins[unit.Output] = Math.Max(outer, inner);
                    changed = true;
                }
            }
        }
        foreach (int result in margins.Where(m => m.Value == 0).Select(m => m.Key).ToList())
        {
            margins.Remove(result);
        }
    }

    private static void Widen(Dictionary<int, int> margins, int source, int margin, int? need)
    {
        if (need is { } pixels)
        {
            margins[source] = Math.Max(margin, pixels);
        }
        else
        {
            margins.Remove(source);
        }
    }
}
