using Pyrite.Checks;
using Pyrite.Functions;
using Pyrite.Transforms;

namespace Pyrite;

/// <summary>Different transforms for stretches of an axis.</summary>
/// <remarks>Where the axis is one of a value, log-determinants are summed; else they are joined along it.</remarks>
public sealed class ConcatTransform : Transform
{
    private readonly Transform[] parts;
    private readonly int[] lengths;
    private readonly int axis;

    /// <summary>Joins transforms that keep the length of the axis.</summary>
    /// <param name="parts">One transform a stretch, which does not change shapes.</param>
    /// <param name="lengths">How long each stretch is.</param>
    /// <param name="axis">The axis, counted from the right: -1 is the last.</param>
    /// <exception cref="ArgumentException">There are no parts, the numbers of parts and lengths differ, or the axis is not counted from the
    /// right.</exception>
    public ConcatTransform(ReadOnlySpan<Transform> parts, ReadOnlySpan<int> lengths, int axis = -1)
    {
        if (parts.Length == 0 || parts.Length != lengths.Length || axis >= 0 || !(System.Numerics.Tensors.TensorPrimitives.Min(lengths) > 0))
        {
            throw new ArgumentException(
                $"ConcatTransform: as many lengths as transforms, at least one, and an axis counted from the right are needed; "
                    + $"found {parts.Length} transforms, {lengths.Length} lengths and axis {axis}.");
        }
        this.parts = parts.ToArray();
        this.lengths = lengths.ToArray();
        this.axis = axis;
    }

    /// <summary>The transforms in the order of the stretches.</summary>
    public IReadOnlyList<Transform> Parts => parts;

    internal override IEnumerable<(Transform Part, Tensor? Mask)> Under(Tensor? mask) =>
        AxisStretches.CutMask(mask, lengths, axis + Domain.EventRank).Select((cut, i) =>
            (parts[i], EntryMask.WithAxes(cut, Domain.EventRank - parts[i].Domain.EventRank)));

    internal override DType? GivenType => WidestOf(parts);

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Concat([.. parts.Select(part => part.Domain)], lengths, axis);

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Concat([.. parts.Select(part => part.Codomain)], lengths, axis);

    /// <inheritdoc/>
    public override bool IsBijective => Array.TrueForAll(parts, part => part.IsBijective);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Tensor.Concat([.. Stretches(x).Select((stretch, i) => parts[i].Forward(stretch))], axis);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Tensor.Concat([.. Stretches(y).Select((stretch, i) => parts[i].Inverse(stretch))], axis);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int rank = Domain.EventRank;
        Tensor[] results = Stretches(y);
        Tensor[] changes =
            [.. Stretches(x).Select((stretch, i) => parts[i].LogAbsDetJacobian(stretch, results[i]).SumOverLast(rank - parts[i].Domain.EventRank))];
        return axis + rank < 0 ? Tensor.Concat(changes, axis + rank) : changes.Aggregate((a, b) => a + b);
    }

    private Tensor[] Stretches(Tensor x) => AxisStretches.Cut(x, lengths, axis);
}
