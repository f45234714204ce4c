using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Positive-definite matrices with ones on the diagonal.</summary>
internal sealed class CorrelationMatrixConstraint() : Constraint("correlation matrix", "a positive-definite matrix with ones on the diagonal", 2)
{
    private const double Tolerance = 1e-6;

    public override Transform Bijection => new ComposedTransform(new CorrelationCholeskyTransform(), new CholeskyToCorrelationTransform());

    public override Tensor Check(Tensor value) =>
        Constraints.PositiveDefinite.Check(value) & ((value.Diagonal() - 1).Abs() <= Tolerance).AllOverLast();

    protected internal override Tensor InteriorPoint(Tensor value) => Tensor.Identity(value.Shape[^1], value.DType);
}
