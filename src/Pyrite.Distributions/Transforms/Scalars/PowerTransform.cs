
namespace Pyrite;

/// <summary>y = x^exponent for positive x.</summary>
public sealed class PowerTransform : Transform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="exponent">Finite and not zero; negative exponents reverse the order.</param>
    /// <param name="validate">Whether the parameter is checked.</param>
    /// <exception cref="ArgumentException">The exponent is not finite, or zero.</exception>
    public PowerTransform(Tensor exponent, bool validate = true) =>
        Exponent = Declare("exponent", exponent, TransformParameterSets.NonZero, validate);

    /// <summary>The exponent.</summary>
    public Tensor Exponent { get; }

    internal override DType? GivenType => Distribution.TypeOf(Exponent);

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Positive;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Positive;

    /// <summary>The sign of the exponent where it is the same for all; else 0.</summary>
    public override int Sign => (Exponent > 0).All() ? 1 : (Exponent < 0).All() ? -1 : 0;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => (Exponent * x.Log()).Exp();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y.Log() / Exponent).Exp();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Exponent.Abs().Log() + ((Exponent - 1) * x.Log());

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => Shape.Broadcast(shape, Exponent.Shape);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => Shape.Broadcast(shape, Exponent.Shape);
}
