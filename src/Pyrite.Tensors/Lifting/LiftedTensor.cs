namespace Pyrite;

/// <summary>What stands behind a lifted tensor.</summary>
/// <param name="Numbers">[.. sizes of the hidden axes, .. shape of the tensor].</param>
/// <param name="Axes">The hidden axes, in the order of their numbers.</param>
/// <param name="Rows">For each row axis of a hidden axis that is kept as one, the place where the rows stand, counted from the right.</param>
/// <param name="Mixed">Rows that have met in an operation, so that the numbers are of no use; null for none.</param>
public sealed record LiftedTensor(Tensor Numbers, IReadOnlyList<HiddenAxis> Axes, IReadOnlyList<(HiddenAxis Axis, RowAxis Rows)> Rows,
    MixedRows? Mixed)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
