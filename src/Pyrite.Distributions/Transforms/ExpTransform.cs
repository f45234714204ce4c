namespace Pyrite;

/// <summary>y = eˣ, from the reals onto the positive numbers.</summary>
public sealed class ExpTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Positive;

    /// <inheritdoc/>
    public override int Sign => 1;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Exp();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => x;
}
