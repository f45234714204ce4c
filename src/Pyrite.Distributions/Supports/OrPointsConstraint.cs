namespace Pyrite.Supports;

/// <summary>A set of counts and points beside it that are reported as well, such as a limit at which measurements stop.</summary>
internal sealed class OrPointsConstraint(Constraint source, params Tensor[] points)
    : Constraint(source.Name, $"{source.Requirement}, or {string.Join(" or ", points.Select(Constraints.TextOf))}", source.EventRank,
        source.IsDiscrete)
{
    private readonly Constraint source = source;

    public override Tensor? LowerEnd =>
        points.Aggregate(source.LowerEnd, (end, point) => end is null ? null : Tensor.Where(point < end, point, end).Detach());

    public override Tensor? UpperEnd =>
        points.Aggregate(source.UpperEnd, (end, point) => end is null ? null : Tensor.Where(point > end, point, end).Detach());

    internal override bool IsFixed => false;

    public override Tensor Check(Tensor value) => points.Aggregate(source.Check(value), (verdict, point) => verdict | value.EqualTo(point));

    protected internal override Tensor InteriorPoint(Tensor value) => source.InteriorPoint(value);
}
