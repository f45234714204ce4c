namespace Pyrite.Supports;

/// <summary>Tells whether two constraints ask for the same.</summary>
internal static class ConstraintComparison
{
    /// <summary>Whether the constraints are of one kind, with the same bounds.</summary>
    /// <param name="a">One constraint.</param>
    /// <param name="b">The other.</param>
    /// <param name="withTensors">Whether bounds that are tensors are read; otherwise their shapes must do.</param>
    public static bool AreSame(Constraint a, Constraint b, bool withTensors)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }
        if (a.GetType() != b.GetType() || a.Name != b.Name || a.EventRank != b.EventRank)
        {
            return false;
        }
        return (a, b) switch
        {
            (IndependentConstraint first, IndependentConstraint second) =>
                first.Axes == second.Axes && AreSame(first.Element, second.Element, withTensors),
            (BoundsConstraint or RangeConstraint, _) => AreSame(a.LowerEnd, b.LowerEnd, withTensors) && AreSame(a.UpperEnd, b.UpperEnd, withTensors),
            _ => a.Requirement == b.Requirement,
        };
    }

    private static bool AreSame(Tensor? a, Tensor? b, bool withTensors)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }
        if (a is null || b is null || a.Shape != b.Shape)
        {
            return false;
        }
        if (a.IsWeak && b.IsWeak)
        {
            return a.WeakValue == b.WeakValue;
        }
        return !withTensors || a.ToArray<double>().AsSpan().SequenceEqual(b.ToArray<double>());
    }
}
