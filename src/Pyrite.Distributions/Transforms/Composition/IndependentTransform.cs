using Pyrite.Checks;
using Pyrite.Transforms;

namespace Pyrite;

/// <summary>A transform of arrays, entry by entry: some batch axes count as axes of a value, and log-determinants are summed over them.</summary>
public sealed class IndependentTransform : Transform
{
    private readonly Transform element;
    private readonly int axes;

    /// <summary>Makes the transform.</summary>
    /// <param name="element">The transform of one entry.</param>
    /// <param name="axes">How many more axes a value has, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of axes is negative.</exception>
    public IndependentTransform(Transform element, int axes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axes);
        this.element = element;
        this.axes = axes;
    }

    /// <summary>The transform of one entry.</summary>
    internal Transform Element => element;

    /// <inheritdoc/>
    public override bool MakesAngles => element.MakesAngles;

    internal override Tensor? ArgumentOf(Tensor image) => element.ArgumentOf(image);

    internal override IEnumerable<(Transform Part, Tensor? Mask)> Under(Tensor? mask) => [(element, EntryMask.WithAxes(mask, axes))];

    internal override DType? GivenType => element.GivenType;

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Independent(element.Domain, axes);

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Independent(element.Codomain, axes);

    /// <inheritdoc/>
    public override bool IsBijective => element.IsBijective;

    /// <inheritdoc/>
    public override int Sign => element.Sign;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => element.Forward(x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => element.Inverse(y);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => element.LogAbsDetJacobian(x, y).SumOverLast(axes);

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => element.ForwardShape(shape);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => element.InverseShape(shape);
}
