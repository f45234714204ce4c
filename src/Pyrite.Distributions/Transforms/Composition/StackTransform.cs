using Pyrite.Checks;
using Pyrite.Functions;

namespace Pyrite;

/// <summary>A different transform for each position of an axis.</summary>
/// <remarks>The axis is a batch axis of every part. Log-determinants are joined along it.</remarks>
public sealed class StackTransform : Transform
{
    private readonly Transform[] parts;
    private readonly int axis;

    /// <summary>Joins transforms of values of one rank.</summary>
    /// <param name="parts">One transform a position.</param>
    /// <param name="axis">The axis, counted from the right: -1 is the last. It lies before the axes of a value.</param>
    /// <exception cref="ArgumentException">There are no parts, they differ in the rank of values, or the axis is one of a value.</exception>
    public StackTransform(ReadOnlySpan<Transform> parts, int axis = -1)
    {
        int rank = parts.Length == 0 ? 0 : parts[0].Domain.EventRank;
        foreach (Transform part in parts)
        {
            rank = part.Domain.EventRank == rank && part.Codomain.EventRank == rank ? rank : int.MaxValue;
        }
        if (parts.Length == 0 || axis >= 0 || rank == int.MaxValue || axis + rank >= 0)
        {
            throw new ArgumentException(
                $"StackTransform: transforms of values of one rank, at least one, and an axis before those of a value, counted from the right, are "
                    + $"needed; found {parts.Length} transforms and axis {axis}.");
        }
        this.parts = parts.ToArray();
        this.axis = axis;
    }

    /// <summary>The transforms in the order of the positions.</summary>
    public IReadOnlyList<Transform> Parts => parts;

    internal override IEnumerable<(Transform Part, Tensor? Mask)> Under(Tensor? mask) =>
        AxisStretches.CutMask(mask, Ones, axis + Domain.EventRank).Select((cut, i) =>
            (parts[i], EntryMask.WithAxes(cut, Domain.EventRank - parts[i].Domain.EventRank)));

    internal override DType? GivenType => WidestOf(parts);

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Concat([.. parts.Select(part => part.Domain)], Ones, axis);

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Concat([.. parts.Select(part => part.Codomain)], Ones, axis);

    /// <inheritdoc/>
    public override bool IsBijective => Array.TrueForAll(parts, part => part.IsBijective);

    private int[] Ones => [.. Enumerable.Repeat(1, parts.Length)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Tensor.Concat([.. Positions(x).Select((position, i) => parts[i].Forward(position))], axis);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Tensor.Concat([.. Positions(y).Select((position, i) => parts[i].Inverse(position))], axis);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        Tensor[] results = Positions(y);
        return Tensor.Concat([.. Positions(x).Select((position, i) => parts[i].LogAbsDetJacobian(position, results[i]))], axis + Domain.EventRank);
    }

    private Tensor[] Positions(Tensor x) => AxisStretches.Cut(x, Ones, axis);
}
