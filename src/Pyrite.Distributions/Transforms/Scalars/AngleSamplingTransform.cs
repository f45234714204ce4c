using Pyrite.Functions.Sampling;

namespace Pyrite.Transforms.Scalars;

/// <summary>From points of the plane to the angles of their directions, in [-π, π); a map for samplers
/// (<see cref="Constraint.SamplingMap"/>).</summary>
/// <remarks>A point is [.., 2], its angle [..]. Its length is drawn beside the angle and independent of it (<see cref="DirectionLength"/>).</remarks>
internal sealed class AngleSamplingTransform : Transform
{
    public override Constraint Domain => Constraints.RealVector;

    public override Constraint Codomain => Constraints.Angle;

    public override bool IsBijective => false;

    public override bool MakesAngles => true;

    public override Tensor Forward(Tensor x)
    {
        Tensor angle = x.Select(-1, 1).Atan2(x.Select(-1, 0));
        return angle - Tensor.Where(angle >= Math.PI, 2 * Math.PI, 0);   // a direction that rounding puts at π is the one at -π
    }

    public override Tensor Inverse(Tensor y) => DirectionLength.Typical(2) * Tensor.Stack([y.Cos(), y.Sin()], -1);

    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => DirectionLength.LogDensity(x, 2);

    public override Shape ForwardShape(Shape shape) => shape[..^1];

    public override Shape InverseShape(Shape shape) => [.. shape, 2];
}
