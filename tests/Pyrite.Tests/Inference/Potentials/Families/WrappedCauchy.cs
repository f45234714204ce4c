namespace Pyrite.Tests.Families;

/// <summary>A circular family as a user writes one: a Cauchy variable around the circle (Mardia and Jupp 2000, section 3.5.7).</summary>
/// <param name="direction">The mean direction.</param>
/// <param name="length">The mean resultant length, between 0 and 1.</param>
/// <param name="support">What the family says of its values.</param>
internal sealed class WrappedCauchy(double direction, double length, Constraint support) : Distribution(Shape.Scalar, Shape.Scalar, validate: true)
{
    public override bool IsCircular => true;

    public override Constraint Support => support;

    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor x = direction + (-Math.Log(length) * (Math.PI * (key.Uniform(shape, DType.Float64) - 0.5)).Tan());
        return x.Sin().Atan2(x.Cos());
    }

    protected override Tensor LogDensity(Tensor value) =>
        Math.Log((1 - (length * length)) / (2 * Math.PI)) - (1 + (length * length) - (2 * length * (value - direction).Cos())).Log();
}
