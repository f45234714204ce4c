namespace Pyrite.Supports;

/// <summary>Values of a set of counts between two bounds, both included; a missing bound is infinite.</summary>
internal sealed class WithinConstraint(Constraint source, Tensor? low, Tensor? high)
    : Constraint(source.Name, Describe(source, low, high), source.EventRank, source.IsDiscrete)
{
    public override Tensor? LowerEnd => Greater(source.LowerEnd, FirstAbove(source, low));

    public override Tensor? UpperEnd => Lesser(source.UpperEnd, source is ImageConstraint ? high : high?.Floor());

    internal override bool IsFixed => false;

    public override Tensor Check(Tensor value)
    {
        Tensor verdict = source.Check(value);
        verdict = low is null ? verdict : verdict & (value >= low);
        return high is null ? verdict : verdict & (value <= high);
    }

    protected internal override Tensor InteriorPoint(Tensor value)
    {
        Tensor point = source.InteriorPoint(value);
        point = Greater(FirstAbove(source, low), point)!;
        return high is null ? point : Lesser(point, source is ImageConstraint ? high : high.Floor())!;
    }

    /// <summary>The first value that a bound leaves; transformed counts need not be whole, so their bound stays as it is.</summary>
    public static Tensor? FirstAbove(Constraint source, Tensor? low) => source is ImageConstraint ? low : low?.Ceiling();

    private static Tensor? Greater(Tensor? a, Tensor? b) => a is null || b is null ? a ?? b : Tensor.Where(a > b, a, b).Detach();

    private static Tensor? Lesser(Tensor? a, Tensor? b) => a is null || b is null ? a ?? b : Tensor.Where(a < b, a, b).Detach();

    private static string Describe(Constraint source, Tensor? low, Tensor? high) =>
        source.Requirement + (low is null ? "" : $", at least {Constraints.TextOf(low)}")
            + (high is null ? "" : $", at most {Constraints.TextOf(high)}");
}
