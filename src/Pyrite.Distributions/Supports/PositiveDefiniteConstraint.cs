using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Symmetric positive-definite matrices.</summary>
internal sealed class PositiveDefiniteConstraint() : Constraint("positive definite", "a symmetric positive-definite matrix", 2)
{
    private const double SymmetryTolerance = 1e-6;

    public override Transform Bijection => new ComposedTransform(new LowerCholeskyTransform(), new CholeskyToCovarianceTransform());

    public override Tensor Check(Tensor value) =>
        value.IsSymmetric(SymmetryTolerance) & (value.CholeskyFactor().Diagonal() > 0).AllOverLast();

    protected internal override Tensor InteriorPoint(Tensor value) => Tensor.Identity(value.Shape[^1], value.DType);
}
