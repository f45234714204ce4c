using Pyrite.Functions.Preimages;

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

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow) => isLow && Images.IsNumber(end, 0) ? x : null;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Exp().ImageOf(this, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => x;
}
