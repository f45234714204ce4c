using Pyrite.Functions.Sampling;

namespace Pyrite.Transforms.Vectors;

/// <summary>From vectors to their directions on the unit sphere; a map for samplers (<see cref="Constraint.SamplingMap"/>).</summary>
/// <remarks>Unlike a chart it has no point at infinity that a chain would have to cross. The length is drawn beside the direction and independent of
/// it (<see cref="DirectionLength"/>).</remarks>
internal sealed class SphereSamplingTransform : Transform
{
    public override Constraint Domain => Constraints.RealVector;

    public override Constraint Codomain => Constraints.Sphere;

    public override bool IsBijective => false;

    public override Tensor Forward(Tensor x) => x / x.Square().Sum(-1, keepDimensions: true).Sqrt();

    public override Tensor Inverse(Tensor y) => DirectionLength.Typical(y.Shape[^1]) * y;

    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => DirectionLength.LogDensity(x, x.Shape[^1]);
}
