using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>y = tanh x, from the reals onto the interval from -1 to 1.</summary>
public sealed class TanhTransform : Transform
{
    private static readonly double LogTwo = Math.Log(2);

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Interval(-1, 1);

    /// <inheritdoc/>
    public override int Sign => 1;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow) =>
        isLow && Images.IsNumber(end, -1) ? LogTwo - (-2 * x).Softplus() : !isLow && Images.IsNumber(end, 1) ? LogTwo - (2 * x).Softplus() : null;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.TanhWithFarSlope().ImageOf(this, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => 0.5 * (y.Log1p() - (-y).Log1p());

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => 2 * (LogTwo - x - (-2 * x).Softplus());
}
