
namespace Pyrite;

/// <summary>y = x for positive x, a fraction of x below.</summary>
public sealed class LeakyReluTransform : Transform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="negativeSlope">The slope below 0; positive.</param>
    /// <exception cref="ArgumentException">The number is not positive and finite.</exception>
    public LeakyReluTransform(double negativeSlope) =>
        NegativeSlope = Declare("negativeSlope", negativeSlope, TransformParameterSets.Positive, true).WeakValue;

    /// <summary>The slope below 0; positive.</summary>
    public double NegativeSlope { get; }

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Real;

    /// <inheritdoc/>
    public override int Sign => 1;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Tensor.Where(x < 0, NegativeSlope * x, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Tensor.Where(y < 0, y / NegativeSlope, y);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Tensor.Where(x < 0, Math.Log(NegativeSlope), 0 * x);
}
