namespace Pyrite;

/// <summary>y = P(X ≤ x): a continuous distribution's own function, from its support onto the unit interval.</summary>
/// <param name="distribution">Of event shape [], with Cdf and InverseCdf.</param>
public sealed class CdfTransform(Distribution distribution) : Transform
{
    internal override DType? GivenType => distribution.GivenType;

    /// <inheritdoc/>
    public override Constraint Domain => distribution.Support;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.UnitInterval;

    /// <inheritdoc/>
    public override int Sign => 1;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => distribution.Cdf(x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => distribution.InverseCdf(y);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => distribution.LogProb(x);

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => Shape.Broadcast(shape, distribution.BatchShape);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => Shape.Broadcast(shape, distribution.BatchShape);
}
