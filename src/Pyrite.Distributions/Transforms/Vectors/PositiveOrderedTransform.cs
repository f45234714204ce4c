using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From any vector to an increasing one of positive numbers: the exponentials of an <see cref="OrderedTransform"/>.</summary>
public sealed class PositiveOrderedTransform : Transform
{
    private static readonly OrderedTransform Logarithms = new();

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.PositiveOrderedVector;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow) => isLow && Images.IsNumber(end, 0) ? Logarithms.Forward(x) : null;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Logarithms.Forward(x).Exp().ImageOf(this, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Logarithms.Inverse(y.Log());

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        Tensor logs = Logarithms.Forward(x);
        return Logarithms.LogAbsDetJacobian(x, logs) + logs.Sum(-1);
    }
}
