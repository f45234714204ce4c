using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Vectors of positive numbers that sum to 1, almost one-hot: categories that gradients can flow through.</summary>
/// <remarks>Batch shape: broadcast of the temperature and the parameter without its last axis. Event shape: [K]. Draws are reparameterized. Maddison
/// et al., 2017; Jang et al., 2017.</remarks>
public sealed class RelaxedOneHotCategorical : Distribution
{
    private static readonly SoftmaxTransform Softmax = new();

    private readonly CategoryParameter categories;

    /// <summary>Makes the distribution.</summary>
    /// <param name="temperature">How blurred the categories are; positive, towards 0 vectors crowd at the corners.</param>
    /// <param name="probs">The probabilities, [.., K]; they are normalized. Give this or <paramref name="logits"/>.</param>
    /// <param name="logits">Logarithms of the weights, [.., K]; they need not be normalized.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of probs and logits were given, or a parameter violates its constraint.</exception>
    public RelaxedOneHotCategorical(Tensor temperature, Tensor? probs = null, Tensor? logits = null, bool validate = true)
        : base(Shape.Broadcast(temperature.Shape, CategoryParameter.OneOf("RelaxedOneHotCategorical", probs, logits).Shape[..^1]),
            CategoryParameter.OneOf("RelaxedOneHotCategorical", probs, logits).Shape[^1..], validate)
    {
        Temperature = Declare("temperature", temperature, Constraints.Positive);
        _ = probs is not null
            ? Declare("probs", probs, Constraints.Independent(Constraints.NonNegative, 1))
            : Declare("logits", logits!, Constraints.RealVector);
        categories = new CategoryParameter(probs, logits);
    }

    /// <summary>How blurred the categories are; positive, towards 0 vectors crowd at the corners.</summary>
    public Tensor Temperature { get; }

    /// <summary>The probabilities, normalized, [.., K].</summary>
    public Tensor Probs => categories.Probs;

    /// <summary>Their logarithms, [.., K].</summary>
    public Tensor Logits => categories.LogProbs;

    /// <summary>K.</summary>
    public int CategoryCount => categories.Count;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Simplex;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    internal override Distribution? Widened =>
        new RelaxedOneHotCategorical(Temperature.Widened, categories.WideProbs, categories.WideLogits, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor gumbel = -(-key.Uniform(shape, DType).Log()).Log();
        return Softmax.Forward((Logits + gumbel) / Temperature.OverEvent());
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        if (value.KnownLogAbove(0) is { } known)
        {
            return DensityOfLogs(known);
        }
        Tensor inner;
        Tensor zeros;
        using (NoGradient.Begin())
        {
            zeros = value.EqualTo(0).To(value.DType).Sum(-1);
            inner = zeros.EqualTo(0);
        }
        Tensor density = DensityOfLogs(Tensor.Where(inner.Unsqueeze(-1), value, 1.0 / CategoryCount).Log());

        // Where k entries shrink like ε the density goes with ε^(K T - k (T + 1)).
        Tensor power = ((double)CategoryCount * Temperature) - (zeros * (Temperature + 1));
        return Tensor.Where(inner, density, Tensor.Where(power > 0, double.NegativeInfinity, Tensor.Where(power < 0, double.PositiveInfinity, 0)));
    }

    /// <summary>The density in terms of the logarithms of the entries.</summary>
    private Tensor DensityOfLogs(Tensor logs)
    {
        double count = CategoryCount;
        Tensor scores = Logits - (Temperature.OverEvent() * logs);
        return SpecialFunctions.LogGamma(count) + ((count - 1) * Temperature.Log()) + (scores.LogSoftmaxOverLast() - logs).Sum(-1);
    }
}
