namespace Pyrite.Supports;

/// <summary>The support of a mixture: values that the support of some component contains.</summary>
internal sealed class AnyComponentConstraint(Constraint components)
    : Constraint(components.Name, "", components.EventRank, components.IsDiscrete)
{
    private readonly Constraint components = components;

    public override Transform? Bijection => CommonSupport.OfComponents(components)?.Bijection;

    /// <summary>Where sets differ, samplers walk in what contains them all; between them the density is zero.</summary>
    public override Transform? SamplingMap => (CommonSupport.OfComponents(components) ?? CommonSupport.HullOfComponents(components))?.SamplingMap;

    public override bool IsEverything => components.IsEverything;

    public override Tensor? LowerEnd => IsDiscrete && components.LowerEnd is { } end ? end.Rank == 0 ? end : end.Min([-1]) : null;

    public override Tensor? UpperEnd => IsDiscrete && components.UpperEnd is { } end ? end.Rank == 0 ? end : end.Max([-1]) : null;

    internal override string Describe() => components.Requirement;

    internal override bool IsFixed => components.IsFixed;

    public override bool IsMade => true;

    public override Tensor Check(Tensor value) => components.Check(value.Unsqueeze(-1 - EventRank)).To(DType.Int64).Sum(-1) > 0;

    protected internal override Tensor InteriorPoint(Tensor value)
    {
        Tensor points = components.InteriorPoint(value.Unsqueeze(-1 - EventRank));
        return points.Rank <= EventRank ? points : points.Select(-1 - EventRank, 0);
    }
}
