namespace Pyrite;

/// <summary>y = log(1 + eˣ), from the reals onto the positive numbers; near the identity for large x.</summary>
public sealed class SoftplusTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Positive;

    /// <inheritdoc/>
    public override int Sign => 1;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softplus();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y + (-(-y).Expm1()).Log();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => -(-x).Softplus();
}
