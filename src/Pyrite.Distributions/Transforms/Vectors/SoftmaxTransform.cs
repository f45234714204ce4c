using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From logarithms of weights to probabilities; not one to one, since adding a number to all changes nothing.</summary>
public sealed class SoftmaxTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Simplex;

    /// <inheritdoc/>
    public override bool IsBijective => false;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow) => isLow && Images.IsNumber(end, 0) ? x.LogSoftmaxOverLast() : null;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LogSoftmaxOverLast().Exp().ImageOf(this, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) =>
        throw new NotSupportedException("SoftmaxTransform is not one to one, so it has no log-determinant. Use StickBreakingTransform.");
}
