using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Counts with a given <c>mean</c> and variance mean + mean² / concentration.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are not differentiable.</remarks>
public sealed class NegativeBinomial2 : DerivedDistribution
{
    private readonly Tensor? mean;
    private readonly Tensor? logMean;

    /// <summary>Makes the distribution.</summary>
    /// <param name="mean">The expected count; 0 or positive. Give this or <paramref name="logMean"/>.</param>
    /// <param name="concentration">How close to a Poisson distribution; positive, needed.</param>
    /// <param name="logMean">The logarithm of the expected count.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Both or neither of the means were given, no concentration was, or a parameter violates its
    /// constraint.</exception>
    public NegativeBinomial2(Tensor? mean = null, Tensor? concentration = null, Tensor? logMean = null, bool validate = true)
        : base(Underlie(mean, Require(concentration), logMean), validate)
    {
        this.mean = mean is null ? null : Declare("mean", mean, Constraints.NonNegative);
        this.logMean = logMean is null ? null : Declare("logMean", logMean, Constraints.Real);
        Concentration = Declare("concentration", concentration!, Constraints.Positive);
    }

    /// <summary>The expected count, as given.</summary>
    public Tensor ExpectedCount => mean ?? logMean!.Exp();

    /// <summary>How close to a Poisson distribution; positive.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        if (mean is null)
        {
            return base.LogDensity(value);
        }

        // A mean of 0 is taken in terms of itself: through the odds an infinite slope would meet the slope of 0 that they have in the concentration.
        Tensor none = mean.EqualTo(0);
        Tensor given = mean.IsWeak ? mean.To(DType) : mean;
        Tensor atNone = value.XLogY(given) - (Concentration * (given / Concentration).Log1p());
        return Tensor.Where(none, atNone, NegativeBinomial.OfOdds(Concentration, Tensor.Where(none, 1, given) / Concentration).LogDensity(value));
    }

    private static NegativeBinomial Underlie(Tensor? mean, Tensor concentration, Tensor? logMean) =>
        ReferenceEquals(SuccessParameter.OneOf("NegativeBinomial2", mean, logMean, "mean", "logMean"), mean)
            ? NegativeBinomial.OfOdds(concentration, mean! / concentration)
            : new NegativeBinomial(concentration, logits: logMean! - concentration.Log(), validate: false);

    private static Tensor Require(Tensor? concentration) => concentration
        ?? throw new ArgumentException(
            "NegativeBinomial2: a concentration is needed; none was given. For the limit of infinite concentration use Poisson.",
                nameof(concentration));

    internal override Distribution? Widened => new NegativeBinomial2(mean?.Widened, Concentration.Widened, logMean?.Widened, validate: false);
}
