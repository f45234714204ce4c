using Pyrite.Functions;

namespace Pyrite;

/// <summary>The number of events where <c>rate</c> are expected.</summary>
/// <remarks>Batch shape: that of rate. Event shape: []. Draws are not differentiable.</remarks>
public sealed class Poisson : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="rate">The expected number; 0 or positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Poisson(Tensor rate, bool validate = true)
        : base(rate.Shape, Shape.Scalar, validate)
    {
        Rate = Declare("rate", rate, Constraints.NonNegative);
    }

    /// <summary>The expected number; 0 or positive.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegativeInteger;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Rate);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Rate);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Rate.Floor());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.Where(x < 0, 0, (x.Relu().Floor() + 1).GammaUpper(Rate));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.Where(x < 0, 1, (x.Relu().Floor() + 1).GammaLower(Rate));

    /// <inheritdoc/>
    public override Tensor Entropy() => CountSums.Entropy(this, (15 * StandardDeviation) + 45, (15 * StandardDeviation) + 45);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => CountDraws.Poisson(key, Rate, shape, DType);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => value.XLogY(Rate) - Rate - (value + 1).LogGamma();
}
