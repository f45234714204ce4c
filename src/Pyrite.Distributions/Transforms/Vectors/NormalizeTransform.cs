namespace Pyrite;

/// <summary>Vectors scaled to length 1; not one to one, since the length is lost.</summary>
/// <remarks>0 goes to the first axis, where it carries no gradient.</remarks>
public sealed class NormalizeTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Sphere;

    /// <inheritdoc/>
    public override bool IsBijective => false;

    /// <summary>The greatest entry is divided out first, so that no square over- or underflows.</summary>
    public override Tensor Forward(Tensor x)
    {
        Tensor greatest = x.Detach().Abs().Max([-1], keepDimensions: true);
        Tensor isZero = greatest.EqualTo(0);
        Tensor axis = Tensor.Range(x.Shape[^1]).EqualTo(0).To(x.DType);
        Tensor scaled = Tensor.Where(isZero, axis, x / Tensor.Where(isZero, 1, greatest));
        return scaled / scaled.Square().Sum(-1, keepDimensions: true).Sqrt();
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y;

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) =>
        throw new NotSupportedException("NormalizeTransform is not one to one, so it has no log-determinant. Use StereographicTransform.");
}
