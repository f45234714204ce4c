namespace Pyrite;

/// <summary>A transform with its direction reversed.</summary>
/// <param name="original">The transform to reverse.</param>
public sealed class InverseTransform(Transform original) : Transform
{
    internal override IEnumerable<(Transform Part, Tensor? Mask)> Under(Tensor? mask) => [(original, mask)];

    internal override DType? GivenType => original.GivenType;

    /// <inheritdoc/>
    public override Constraint Domain => original.Codomain;

    /// <inheritdoc/>
    public override Constraint Codomain => original.Domain;

    /// <inheritdoc/>
    public override bool IsBijective => original.IsBijective;

    /// <inheritdoc/>
    public override int Sign => original.Sign;

    /// <inheritdoc/>
    public override Transform Inverted => original;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => original.Inverse(x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => original.Forward(y);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => -original.LogAbsDetJacobian(y, x);

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => original.InverseShape(shape);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => original.ForwardShape(shape);
}
