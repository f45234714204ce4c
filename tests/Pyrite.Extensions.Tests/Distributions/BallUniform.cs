namespace Pyrite.Extensions.Distributions;

/// <summary>Every vector shorter than a radius, one as likely as another.</summary>
internal sealed class BallUniform(int dimension, double radius) : Distribution(Shape.Scalar, [dimension], validate: true)
{
    public override Constraint Support { get; } = new BallConstraint(radius);

    public override bool HasReparameterizedSample => true;

    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor direction = key.Child("direction").Normal(shape, DType);
        Tensor length = radius * key.Child("length").Uniform([.. shape[..^1], 1], DType).Pow(1.0 / dimension);
        return direction * length / direction.Square().Sum(-1, keepDimensions: true).Sqrt();
    }

    /// <summary>Minus the logarithm of the volume, of a disc or a sphere.</summary>
    protected override Tensor LogDensity(Tensor value) =>
        (0 * value.Sum(-1)) - Math.Log(dimension == 2 ? Math.PI * radius * radius : 4 * Math.PI / 3 * radius * radius * radius);
}
