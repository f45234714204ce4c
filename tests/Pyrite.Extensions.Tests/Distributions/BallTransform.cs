namespace Pyrite.Extensions.Distributions;

/// <summary>y = radius · x / √(1 + |x|²), from all vectors onto those of the ball.</summary>
internal sealed class BallTransform(BallConstraint ball) : Transform
{
    public override Constraint Domain => Constraints.RealVector;

    public override Constraint Codomain => ball;

    public override Tensor Forward(Tensor x) => ball.Radius * x / (1 + x.Square().Sum(-1, keepDimensions: true)).Sqrt();

    public override Tensor Inverse(Tensor y)
    {
        Tensor share = y / ball.Radius;
        return share / (1 - share.Square().Sum(-1, keepDimensions: true)).Sqrt();
    }

    /// <summary>radiusⁿ (1 + |x|²)^-(n/2 + 1) for n coordinates.</summary>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int n = x.Shape[^1];
        return (n * Math.Log(ball.Radius)) - (((0.5 * n) + 1) * x.Square().Sum(-1).Log1p());
    }
}
