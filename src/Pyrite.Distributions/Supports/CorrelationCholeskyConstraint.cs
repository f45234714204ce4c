using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Cholesky factors of correlation matrices: lower-triangular, positive diagonal, rows of length 1.</summary>
internal sealed class CorrelationCholeskyConstraint()
    : Constraint("correlation Cholesky", "a lower-triangular matrix with a positive diagonal and rows of length 1", 2)
{
    private const double Tolerance = 1e-6;

    public override Transform Bijection => new CorrelationCholeskyTransform();

    public override Tensor Check(Tensor value) =>
        Constraints.LowerCholesky.Check(value) & ((value.Square().Sum(-1) - 1).Abs() <= Tolerance).AllOverLast();

    protected internal override Tensor InteriorPoint(Tensor value) => Tensor.Identity(value.Shape[^1], value.DType);
}
