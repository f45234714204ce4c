namespace Pyrite;

/// <summary>y = P(X ≤ x): a continuous distribution's own function, from its support onto the unit interval.</summary>
public sealed class CdfTransform : Transform
{
    private readonly Distribution distribution;

    /// <summary>Makes the transform.</summary>
    /// <param name="distribution">Of event shape [], continuous, with Cdf and InverseCdf.</param>
    /// <exception cref="ArgumentException">The distribution is one of vectors, or discrete.</exception>
    public CdfTransform(Distribution distribution)
    {
        if (distribution.EventShape.Rank > 0 || distribution.IsDiscrete)
        {
            throw new ArgumentException(
                $"CdfTransform: a continuous distribution of single numbers is needed; found {distribution.Name} with event shape "
                    + $"{distribution.EventShape}{(distribution.IsDiscrete ? ", whose values are discrete" : "")}.", nameof(distribution));
        }
        this.distribution = distribution;
    }

    internal override Distribution Source => distribution;

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
