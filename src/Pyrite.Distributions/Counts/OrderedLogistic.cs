using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Ordered categories: P(y ≤ k) = sigmoid(cutpoints[k] - predictor).</summary>
/// <remarks>Batch shape: broadcast of the predictor and the cutpoints without their last axis. Event shape: []. Values are 0 … K for K
/// cutpoints.</remarks>
public sealed class OrderedLogistic : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="predictor">Larger values favour higher categories.</param>
    /// <param name="cutpoints">Where categories meet, [.., K], increasing.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">The cutpoints do not increase, or shapes do not broadcast.</exception>
    public OrderedLogistic(Tensor predictor, Tensor cutpoints, bool validate = true)
        : base(Shape.Broadcast(predictor.Shape, cutpoints.Shape[..^1]), Shape.Scalar, validate)
    {
        Predictor = Declare("predictor", predictor, Constraints.Real);
        Cutpoints = Declare("cutpoints", cutpoints, Constraints.OrderedVector);
    }

    /// <summary>Larger values favour higher categories.</summary>
    public Tensor Predictor { get; }

    /// <summary>Where categories meet, [.., K].</summary>
    public Tensor Cutpoints { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.IntegerInterval(0, Cutpoints.Shape[^1]);

    /// <summary>The logarithms of the chances of all categories, batch + [K + 1].</summary>
    /// <remarks>sigmoid(b) - sigmoid(a) = sigmoid(b) sigmoid(-a) (1 - e^(a - b)), so that nothing cancels.</remarks>
    public Tensor Logits
    {
        get
        {
            Tensor shifted = (Cutpoints - Predictor.OverEvent()).BroadcastTo(BatchShape + [Cutpoints.Shape[^1]]);
            int count = shifted.Shape[^1];
            Tensor first = shifted.Slice(-1, 0, 1).LogSigmoid();
            Tensor last = (-shifted.Slice(-1, count - 1, 1)).LogSigmoid();
            if (count == 1)
            {
                return Tensor.Concat([first, last], -1);
            }
            Tensor below = shifted.Slice(-1, 0, count - 1);
            Tensor above = shifted.Slice(-1, 1, count - 1);
            Tensor gaps = Cutpoints.Slice(-1, 0, count - 1) - Cutpoints.Slice(-1, 1, count - 1);
            Tensor middle = above.LogSigmoid() + (-below).LogSigmoid() + gaps.Log1mExp();
            return Tensor.Concat([first, middle, last], -1);
        }
    }

    /// <summary>NaN: categories have an order but no distances.</summary>
    public override Tensor Mean => OverBatch(double.NaN);

    /// <summary>NaN: categories have an order but no distances.</summary>
    public override Tensor Variance => OverBatch(double.NaN);

    /// <inheritdoc/>
    public override Tensor Mode => AsCategories().Mode;

    /// <inheritdoc/>
    public override Tensor Entropy() => AsCategories().Entropy();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => AsCategories().Cdf(x);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => AsCategories().SurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => AsCategories().LogCdf(x);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => AsCategories().LogSurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true) => AsCategories().EnumerateSupport(expand);

    internal override Distribution? Widened => new OrderedLogistic(Predictor.Widened, Cutpoints.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => AsCategories().Draw(key, shape);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor logits = Logits;
        Tensor chosen = value.Unsqueeze(-1).EqualTo(Tensor.Range(logits.Shape[^1]));
        return Tensor.Where(chosen, logits, 0).Sum(-1);
    }

    private Categorical AsCategories() => new(logits: Logits, validate: false);
}
