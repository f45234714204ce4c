namespace Pyrite.Supports;

/// <summary>Vectors whose entries sum to 0.</summary>
internal sealed class ZeroSumConstraint() : Constraint("zero sum", "a vector whose entries sum to 0", 1)
{
    private const double Tolerance = 1e-6;

    public override Transform Bijection => new ZeroSumTransform();

    public override Tensor Check(Tensor value) => value.Sum(-1).Abs() <= Tolerance * (1 + value.Abs().Sum(-1));

    protected internal override Tensor InteriorPoint(Tensor value) => 0.0;
}
