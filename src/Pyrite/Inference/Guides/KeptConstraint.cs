namespace Pyrite.Inference.Guides;

/// <summary>The image of a map from the reals, with bounds that outlive the step in which a model made them.</summary>
internal sealed class KeptConstraint(Transform map)
    : Constraint(map.Codomain.Name, map.Codomain.Requirement, map.Codomain.EventRank)
{
    public override Transform? Bijection => map;

    public override Tensor Check(Tensor value)
    {
        Tensor finite = map.Inverse(value).IsFinite();
        return map.Domain.EventRank == 0 ? finite : finite.All([.. Enumerable.Range(finite.Rank - map.Domain.EventRank, map.Domain.EventRank)]);
    }

    protected override Tensor InteriorPoint(Tensor value) => map.Forward(Tensor.Zeros(map.InverseShape(value.Shape), value.DType));
}
