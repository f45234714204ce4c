
namespace Pyrite;

/// <summary>y = x for positive x, alpha (eˣ - 1) below.</summary>
public sealed class EluTransform : Transform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="alpha">How far values go below 0; positive.</param>
    /// <exception cref="ArgumentException">The number is not positive and finite.</exception>
    public EluTransform(double alpha) =>
        Alpha = Declare("alpha", alpha, TransformParameterSets.Positive, true).WeakValue;

    /// <summary>How far values go below 0; positive.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.GreaterThan(-Alpha);

    /// <inheritdoc/>
    public override int Sign => 1;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Tensor.Where(x < 0, Alpha * Tensor.Where(x < 0, x, 0).Expm1(), x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Tensor.Where(y < 0, (Tensor.Where(y < 0, y, 0) / Alpha).Log1p(), y);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Tensor.Where(x < 0, x + Math.Log(Alpha), 0);
}
