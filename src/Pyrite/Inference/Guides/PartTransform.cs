using Pyrite.Language.Sites;


namespace Pyrite.Inference.Guides;

/// <summary>A map onto a support for some entries of a batch, whose bounds may differ from entry to entry.</summary>
/// <param name="whole">The map for the whole batch.</param>
/// <param name="part">The entries.</param>
/// <param name="free">The shape of one value on the unconstrained side.</param>
/// <param name="events">The shape of one value in the support.</param>
internal sealed class PartTransform(Transform whole, BatchPart part, Shape free, Shape events) : Transform
{
    public override Constraint Domain => whole.Domain;

    public override Constraint Codomain => whole.Codomain;

    public override bool IsBijective => whole.IsBijective;

    public override int Sign => whole.Sign;

    public override Tensor Forward(Tensor x) => part.Choose(whole.Forward(InWhole(x)), events.Rank);

    public override Tensor Inverse(Tensor y) => part.Choose(whole.Inverse(part.Spread(y, events.Rank, Elsewhere(y))), free.Rank);

    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) =>
        part.Choose(whole.LogAbsDetJacobian(InWhole(x), part.Spread(y, events.Rank, Elsewhere(y))), free.Rank - whole.Domain.EventRank);

    public override Shape ForwardShape(Shape shape) => whole.ForwardShape(shape);

    public override Shape InverseShape(Shape shape) => whole.InverseShape(shape);

    private Tensor InWhole(Tensor x) => part.Spread(x, free.Rank, 0.0);

    /// <summary>Values inside the support for the entries that do not matter.</summary>
    private Tensor Elsewhere(Tensor y) => whole.Forward(Tensor.Zeros(part.Batch + free, y.DType));
}
