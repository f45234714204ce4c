using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;
using Pyrite.Ops.Reductions;

namespace Pyrite.Programs;

/// <summary>Decides which units can walk over their elements together.</summary>
internal static class ElementwiseFit
{
    /// <summary>Fewer elements are not worth a walk.</summary>
    public const int FewestElements = 1024;

    /// <summary>The longest row whose sum joins a walk.</summary>
    public const int LongestRow = 4096;

    /// <summary>The number of elements that a unit walks over one by one; 0 where it does not.</summary>
    public static int Space(PlannedUnit unit, Func<int, TensorSpec> specOf)
    {
        TensorSpec output = unit.Node.Spec;
        long count = output.Shape.Count;
        if (count < FewestElements || unit.Relu || unit.Mask is not null)
        {
            return 0;
        }
        bool fits = unit.Node.Boxed switch
        {
            FillOperation => true,
            StridedCopyOperation copy => specOf(unit.Inputs[0]).Shape is { Count: > 0 } source && source.Count < count && copy.IsBroadcast(source),
            IElementwiseOperation operation => Array.TrueForAll(unit.Inputs, input => Fits(operation, specOf(input), output)),
            _ => false,
        };
        return fits ? (int)count : 0;
    }

    /// <summary>Whether a unit can join a walk over so many elements that makes its source: a view of it, or its sum.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="space">The elements of the walk.</param>
    /// <param name="row">The rows that the walk sums; 0 for none, the whole space where it sums everything.</param>
    public static bool Follows(PlannedUnit unit, int space, int row)
    {
        if (unit.Node.IsAlias)
        {
            return unit.Node.Spec.Shape.Count == space;
        }
        return unit.Node.Boxed is SumOperation { Inner: 1 } sum && unit.Node.Spec.DType.IsFloatingPoint && (long)sum.Outer * sum.Reduced == space
            && (row == 0 || row == sum.Reduced) && (sum.Outer == 1 || sum.Reduced is > 1 and <= LongestRow);
    }

    private static bool Fits(IElementwiseOperation operation, TensorSpec input, TensorSpec output)
    {
        long count = input.Shape.Count;
        if (count == output.Shape.Count)
        {
            return input.Layout == output.Layout;
        }
        bool broadcasts =
            operation.Form is not null && operation is not WhereOperation && input.Layout == Layout.RowMajor
                && output.Layout == Layout.RowMajor;
        return count == 1 || (count > 0 && broadcasts);
    }
}
