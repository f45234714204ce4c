namespace Pyrite.Supports;

/// <summary>What the supports of a mixture's components have in common, told without reading a tensor, since bounds may depend on other random
/// variables.</summary>
internal static class CommonSupport
{
    /// <summary>Whether two constraints are certainly the same set.</summary>
    public static bool AreSame(Constraint a, Constraint b)
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
            (IndependentConstraint first, IndependentConstraint second) => first.Axes == second.Axes && AreSame(first.Element, second.Element),
            (BoundsConstraint, _) => IsSameNumber(a.LowerEnd, b.LowerEnd) && IsSameNumber(a.UpperEnd, b.UpperEnd),
            (ImageConstraint first, ImageConstraint second) => first.IsWhole && second.IsWhole && AreSame(first.Reach, second.Reach),
            _ => !DependsOnTensors(a),
        };
    }

    /// <summary>The set that is the same for every component of a batch, whose last axis is mixed over; null where it may differ among
    /// them.</summary>
    public static Constraint? OfComponents(Constraint components) => components switch
    {
        IndependentConstraint several => OfComponents(several.Element) is { } element ? Constraints.Independent(element, several.Axes) : null,
        BoundsConstraint => components is { LowerEnd: null or { Rank: 0 }, UpperEnd: null or { Rank: 0 } } ? components : null,
        ImageConstraint image => image.IsWhole ? OfComponents(image.Reach) : image.DependsOnNumbersOnly ? image : null,
        _ => DependsOnTensors(components) ? null : components,
    };

    /// <summary>The interval that contains the sets of single numbers of all components of a batch, whose last axis is mixed over; null where there
    /// is none.</summary>
    public static Constraint? HullOfComponents(Constraint components, int axes = 0)
    {
        if (components is IndependentConstraint several)
        {
            return HullOfComponents(several.Element, axes + several.Axes) is { } element ? Constraints.Independent(element, several.Axes) : null;
        }
        if (components is not BoundsConstraint || components.IsDiscrete)
        {
            return null;
        }
        Tensor? low = components.LowerEnd, high = components.UpperEnd;
        return Constraints.Between(low is { } && low.Rank > axes ? low.Min([-1 - axes]) : low,
            high is { } && high.Rank > axes ? high.Max([-1 - axes]) : high);
    }

    /// <summary>The least interval, or the circle, that contains sets of single numbers, or of arrays of such; null where there is none.</summary>
    public static Constraint? HullOf(ReadOnlySpan<Constraint> options)
    {
        Constraint[] elements = options.ToArray();
        if (Array.TrueForAll(elements, option => option is IndependentConstraint)
            && elements.Cast<IndependentConstraint>().Select(option => option.Axes).Distinct().ToArray() is [int axes])
        {
            return HullOf(Array.ConvertAll(elements, option => ((IndependentConstraint)option).Element)) is { } element
                ? Constraints.Independent(element, axes)
                : null;
        }
        if (Array.Exists(elements, option => option.IsDiscrete || option.EventRank > 0))
        {
            return null;
        }
        if (Array.Exists(elements, option => option is AngleConstraint))
        {
            return Array.TrueForAll(elements, option => option is AngleConstraint || IsWithinCircle(option)) ? Constraints.Angle : null;
        }
        return Array.TrueForAll(elements, option => option is RangeConstraint or BoundsConstraint or ImageConstraint { IsFixedInterval: true })
            ? Constraints.Between(Outermost(elements, option => option.LowerEnd, Math.Min, Tensor.Minimum),
                Outermost(elements, option => option.UpperEnd, Math.Max, Tensor.Maximum))
            : null;
    }

    private static bool IsWithinCircle(Constraint option) =>
        option is { LowerEnd: { IsWeak: true, WeakValue: >= -Math.PI }, UpperEnd: { IsWeak: true, WeakValue: <= Math.PI } };

    private static Tensor? Outermost(Constraint[] options, Func<Constraint, Tensor?> endOf, Func<double, double, double> ofNumbers,
        Func<Tensor, Tensor, Tensor> ofTensors)
    {
        Tensor? outermost = endOf(options[0]);
        foreach (Constraint option in options[1..])
        {
            Tensor? end = endOf(option);
            outermost = outermost is null || end is null ? null
                : outermost.IsWeak && end.IsWeak ? ofNumbers(outermost.WeakValue, end.WeakValue)
                : ofTensors(outermost, end);
        }
        return outermost;
    }

    private static bool IsSameNumber(Tensor? a, Tensor? b) =>
        ReferenceEquals(a, b) || (a is { IsWeak: true } && b is { IsWeak: true } && a.WeakValue == b.WeakValue);

    private static bool DependsOnTensors(Constraint set) =>
        set is BoundsConstraint or ImageConstraint or WithinConstraint or OrPointsConstraint or JoinedConstraint or AnyOfConstraint
            or AnyComponentConstraint
        || (set is IndependentConstraint several && DependsOnTensors(several.Element));
}
