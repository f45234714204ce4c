using Pyrite.Functions;

namespace Pyrite;

/// <summary>From n - 1 angles to points of the unit sphere in n dimensions.</summary>
/// <remarks>
/// y₁ = cos x₁, y₂ = sin x₁ cos x₂, …, yₙ = sin x₁ ⋯ sin xₙ₋₁. All angles but the last lie in [0, π], the last in [-π, π]. The log-determinant is
/// that of the sphere's area (Blumenson, "A derivation of n-dimensional spherical coordinates", 1960).
/// </remarks>
public sealed class SphericalTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain { get; } = TransformParameterSets.Angles;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Sphere;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        int angles = x.Shape[^1];
        Tensor[] parts = new Tensor[angles + 1];
        Tensor radius = Tensor.Ones(x.Shape[..^1] + [1], x.DType);
        for (int i = 0; i < angles; i++)
        {
            Tensor angle = x.Slice(-1, i, 1);
            parts[i] = radius * angle.Cos();
            radius *= angle.Sin();
        }
        parts[angles] = radius;
        return Tensor.Concat(parts, -1);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        int angles = y.Shape[^1] - 1;
        Tensor radii = y.Square().RemainderAfter().Sqrt();
        Tensor last = y.Slice(-1, angles, 1).Atan2(y.Slice(-1, angles - 1, 1));
        return angles == 1 ? last : Tensor.Concat([radii.Slice(-1, 0, angles - 1).Atan2(y.Slice(-1, 0, angles - 1)), last], -1);
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int angles = x.Shape[^1];
        Tensor powers = angles - 1 - Tensor.Range(angles).To(x.DType);
        Tensor sines = Tensor.Where(powers.EqualTo(0), 1, x.Sin());
        return (powers * sines.Log()).Sum(-1);
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => shape[..^1] + [shape[^1] + 1];

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => shape[..^1] + [shape[^1] - 1];
}
