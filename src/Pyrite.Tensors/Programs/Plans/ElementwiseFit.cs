using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Code;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Decides which units can run in one loop over their elements.</summary>
internal static class ElementwiseFit
{
    /// <summary>Fewer elements are not worth a loop of their own: bench `particles`.</summary>
    public const int FewestElements = 1024;

    /// <summary>The longest row whose sum joins a loop.</summary>
    public const int LongestRow = 4096;

    /// <summary>The elements that a unit computes one by one; none where it does not.</summary>
    public static LoopSpace Space(PlannedUnit unit, RecordedProgram program)
    {
        TensorSpec output = unit.Node.Spec;
        if (output.Shape.Count < FewestElements || unit.Relu || unit.Mask is not null)
        {
            return default;
        }
        DType type =
            output.DType == DType.Bool && unit.Node.Form is { IsComparison: true } ? program.SpecOf(unit.Inputs[0]).DType : output.DType;
        bool fits = type.IsFloatingPoint && unit.Node.Boxed switch
        {
            IVaryingOperation { GivesOneNumber: true } => true,
            ICopyOperation copy => program.SpecOf(unit.Inputs[0]).Shape is { Count: > 0 } source && source.Count < output.Shape.Count
                && copy.IsBroadcast(source),
            _ => unit.Node.Form is { } form && form.FitsSteps(type) && HasOperands(unit, form, type, program),
        };
        return fits ? new LoopSpace((int)output.Shape.Count, type) : default;
    }

    /// <summary>Whether a unit sums what a loop over so many elements makes, so that it can join the loop.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="count">The elements of the loop.</param>
    /// <param name="row">The rows that the loop sums; 0 for none, all elements where it sums everything.</param>
    public static bool Follows(PlannedUnit unit, int count, int row) =>
        unit.Node.Boxed is IReduction { Inner: 1 } sum && unit.Node.Spec.DType.IsFloatingPoint && (long)sum.Outer * sum.Reduced == count
            && (row == 0 || row == sum.Reduced) && (sum.Outer == 1 || sum.Reduced is > 1 and <= LongestRow);

    private static bool HasOperands(PlannedUnit unit, ElementwiseForm form, DType type, RecordedProgram program)
    {
        TensorSpec output = unit.Node.Spec;
        for (int i = 0; i < form.Operands; i++)
        {
            TensorSpec input = program.SpecOf(unit.Inputs[i]);
            bool isTruth = i == 0 && form.ReadsTruth;
            bool isWhole = input.Shape.Count == output.Shape.Count && input.Layout == output.Layout;
            bool isSmaller =
                input.Shape.Count == 1
                    || (input.Shape.Count is > 0 and var count && count < output.Shape.Count && input.Layout == Layout.RowMajor
                        && output.Layout == Layout.RowMajor);
            if (input.DType != (isTruth ? DType.Bool : type) || !(isWhole || (isSmaller && !isTruth)))
            {
                return false;
            }
        }
        return true;
    }
}
