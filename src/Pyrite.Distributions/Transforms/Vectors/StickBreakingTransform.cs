using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From K - 1 reals onto the simplex of K numbers, each breaking off its share of what is left of a stick.</summary>
/// <remarks>y_k = sigmoid(x_k - log(K - 1 - k)) times the rest, so that x = 0 gives equal shares (Stan reference manual, unit simplex).</remarks>
public sealed class StickBreakingTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Simplex;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow)
    {
        if (!isLow || !Images.IsNumber(end, 0))
        {
            return null;
        }
        (Tensor shares, Tensor last) = Logarithms(x);
        return Tensor.Concat([shares, last], -1);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        (Tensor shares, Tensor last) = Logarithms(x);
        return Tensor.Concat([shares.Exp(), last.Exp()], -1).ImageOf(this, x);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        int size = y.Shape[^1] - 1;
        Tensor rest = y.RemainderAfter().Slice(-1, 0, size);
        return y.Slice(-1, 0, size).Log() - rest.Log() + Offsets(size, y.DType);
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        Tensor shifted = x - Offsets(x.Shape[^1], x.DType);
        Tensor logRest = (-shifted.Softplus()).RunningSum().ShiftedRight();
        return (shifted.LogSigmoid() + (-shifted).LogSigmoid() + logRest).Sum(-1);
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => shape[..^1] + [shape[^1] + 1];

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => shape[..^1] + [shape[^1] - 1];

    /// <summary>The logarithms of the shares that are broken off, and of what remains.</summary>
    private static (Tensor Shares, Tensor Last) Logarithms(Tensor x)
    {
        Tensor shifted = x - Offsets(x.Shape[^1], x.DType);
        Tensor logRest = (-shifted.Softplus()).RunningSum();
        return (shifted.LogSigmoid() + logRest.ShiftedRight(), logRest.Slice(-1, x.Shape[^1] - 1, 1));
    }

    /// <summary>log(K - 1 - k), so that equal shares belong to 0.</summary>
    private static Tensor Offsets(int size, DType type)
    {
        double[] offsets = new double[size];
        for (int k = 0; k < size; k++)
        {
            offsets[k] = Math.Log(size - k);
        }
        return Tensor.From(offsets).To(type);
    }
}
