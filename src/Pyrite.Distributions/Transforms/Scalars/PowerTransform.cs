namespace Pyrite;

/// <summary>y = x^exponent for positive x.</summary>
/// <param name="exponent">Not zero; negative exponents reverse the order.</param>
public sealed class PowerTransform(Tensor exponent) : Transform
{
    /// <summary>The exponent.</summary>
    public Tensor Exponent { get; } = exponent;

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
