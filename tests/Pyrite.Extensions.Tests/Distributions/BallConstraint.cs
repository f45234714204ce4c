namespace Pyrite.Extensions.Distributions;

/// <summary>A set of one's own: vectors shorter than a radius.</summary>
internal sealed class BallConstraint(double radius)
    : Constraint("ball", FormattableString.Invariant($"a vector shorter than {radius}"), eventRank: 1)
{
    public double Radius => radius;

    public override Transform Bijection => new BallTransform(this);

    public override Tensor Check(Tensor value) => value.Square().Sum(-1) < radius * radius;

    protected override Tensor InteriorPoint(Tensor value) => 0;
}
