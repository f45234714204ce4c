using Pyrite.Special;

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

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LogSoftmaxOverLast().Exp();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => throw new NotSupportedException("SoftmaxTransform is not one to one, so it has no log-determinant. Use StickBreakingTransform.");
}
