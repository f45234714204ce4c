using Pyrite.Transforms.Vectors;

namespace Pyrite.Supports;

/// <summary>Vectors of length 1.</summary>
internal sealed class SphereConstraint() : Constraint("sphere", "a vector of length 1", 1)
{
    private const double Tolerance = 1e-6;

    public override Transform Bijection => new StereographicTransform();

    public override Transform Parametrization => new NormalizeTransform();

    public override Transform SamplingMap => new SphereSamplingTransform();

    public override Tensor Check(Tensor value) => (value.Square().Sum(-1).Sqrt() - 1).Abs() <= Tolerance;

    protected internal override Tensor InteriorPoint(Tensor value) => Tensor.Range(value.Shape[^1]).EqualTo(0).To(value.DType);
}
