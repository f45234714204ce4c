using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>y = log(1 + eˣ), from the reals onto the positive numbers; near the identity for large x.</summary>
public sealed class SoftplusTransform : Transform
{
    private const double SameAsExponentialBelow = -40;

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Positive;

    /// <inheritdoc/>
    public override int Sign => 1;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow)
    {
        if (!isLow || !Images.IsNumber(end, 0))
        {
            return null;
        }

        // Below, log(1 + e^x) is e^x to all digits.
        Tensor isFar = x < SameAsExponentialBelow;
        return Tensor.Where(isFar, x, Tensor.Where(isFar, 0, x).Softplus().Log());
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softplus().ImageOf(this, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y + (-(-y).Expm1()).Log();

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => -(-x).Softplus();
}
