using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From any vector to an increasing one: the first entry stays, the others become exponentials that are added up.</summary>
public sealed class OrderedTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.OrderedVector;

    internal override bool HasNoParameters => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        int rest = x.Shape[^1] - 1;
        return rest < 1 ? x : Tensor.Concat([x.Slice(-1, 0, 1), x.Slice(-1, 1, rest).Exp()], -1).RunningSum().ImageOf(this, x);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        int rest = y.Shape[^1] - 1;
        return rest < 1 ? y : Tensor.Concat([y.Slice(-1, 0, 1), (y.Slice(-1, 1, rest) - y.Slice(-1, 0, rest)).Log()], -1);
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => x.Slice(-1, Math.Min(1, x.Shape[^1]), Math.Max(0, x.Shape[^1] - 1)).Sum(-1);
}
