using Pyrite.Functions;

namespace Pyrite;

/// <summary>From probabilities of K categories to the K - 1 cutpoints that give them in an ordered logistic model.</summary>
/// <remarks>y_k = anchor + logit(x₁ + … + x_k). The log-determinant counts the first K - 1 probabilities. Betancourt, "Ordinal regression",
/// 2019.</remarks>
public sealed class SimplexToOrderedTransform : Transform
{
    private readonly Tensor anchor;

    /// <summary>Makes the transform.</summary>
    /// <param name="anchor">The predictor at which the probabilities hold; finite, of the batch shape, 0 if not given.</param>
    /// <param name="validate">Whether the parameter is checked.</param>
    /// <exception cref="ArgumentException">The anchor is not finite.</exception>
    public SimplexToOrderedTransform(Tensor? anchor = null, bool validate = true) =>
        this.anchor = Declare("anchor", anchor ?? 0, TransformParameterSets.Finite, validate);

    internal override DType? GivenType => Distribution.TypeOf(anchor);

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Simplex;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.OrderedVector;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        (Tensor below, Tensor above) = Sums(x);
        return below.Log() - above.Log() + anchor.OverEvent();
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor logits = y - anchor.OverEvent();
        int count = logits.Shape[^1];
        Tensor first = logits.Slice(-1, 0, 1).Sigmoid();
        Tensor last = (-logits.Slice(-1, count - 1, 1)).Sigmoid();
        if (count == 1)
        {
            return Tensor.Concat([first, last], -1);
        }
        Tensor low = logits.Slice(-1, 0, count - 1);
        Tensor high = logits.Slice(-1, 1, count - 1);
        return Tensor.Concat([first, high.Sigmoid() * (-low).Sigmoid() * -(low - high).Expm1(), last], -1);
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        (Tensor below, Tensor above) = Sums(x);
        return -(below.Log() + above.Log()).Sum(-1);
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => Shape.Broadcast(shape[..^1], anchor.Shape) + [shape[^1] - 1];

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => Shape.Broadcast(shape[..^1], anchor.Shape) + [shape[^1] + 1];

    /// <summary>The sums up to each cut and beyond it, so that neither is a difference.</summary>
    private static (Tensor Below, Tensor Above) Sums(Tensor x)
    {
        int cuts = x.Shape[^1] - 1;
        return (x.RunningSum().Slice(-1, 0, cuts), x.RemainderAfter().Slice(-1, 0, cuts));
    }
}
