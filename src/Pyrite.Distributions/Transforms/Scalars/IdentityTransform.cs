namespace Pyrite;

/// <summary>y = x.</summary>
public sealed class IdentityTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Real;

    /// <inheritdoc/>
    public override int Sign => 1;

    /// <inheritdoc/>
    public override Transform Inverted => this;

    internal override Tensor? ArgumentOf(Tensor image) => image;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x;

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y;

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Tensor.Zeros(x.Shape, x.DType);
}
