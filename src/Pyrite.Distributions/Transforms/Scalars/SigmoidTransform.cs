using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>y = 1 / (1 + e⁻ˣ), from the reals onto the open unit interval.</summary>
public sealed class SigmoidTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.UnitInterval;

    /// <inheritdoc/>
    public override int Sign => 1;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow) =>
        isLow && Images.IsNumber(end, 0) ? -(-x).Softplus() : !isLow && Images.IsNumber(end, 1) ? -x.Softplus() : null;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Sigmoid();

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log() - (-y).Log1p();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => -(x.Softplus() + (-x).Softplus());
}
