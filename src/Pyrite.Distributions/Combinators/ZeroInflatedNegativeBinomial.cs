using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Negative binomial counts of which some were replaced by 0.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are not differentiable.</remarks>
public sealed class ZeroInflatedNegativeBinomial : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="totalCount">The number of failures; positive.</param>
    /// <param name="probs">The probability of success; give this or <paramref name="logits"/>.</param>
    /// <param name="logits">Its log-odds.</param>
    /// <param name="gate">The probability of an extra zero; give this or <paramref name="gateLogits"/>.</param>
    /// <param name="gateLogits">Its log-odds.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public ZeroInflatedNegativeBinomial(Tensor totalCount, Tensor? probs = null, Tensor? logits = null, Tensor? gate = null,
        Tensor? gateLogits = null, bool validate = true)
        : base(new ZeroInflated(new NegativeBinomial(totalCount, probs, logits, validate: false), gate, gateLogits, validate: false), validate)
    {
        TotalCount = Declare("totalCount", totalCount, Constraints.Positive);
        Probs = probs is null ? null : Declare("probs", probs, Constraints.UnitInterval);
        Logits = logits is null ? null : Declare("logits", logits, Constraints.Real);
        Gate = gate is null ? null : Declare("gate", gate, Constraints.UnitInterval);
        GateLogits = gateLogits is null ? null : Declare("gateLogits", gateLogits, Constraints.Real);
    }

    /// <summary>The number of failures; positive.</summary>
    public Tensor TotalCount { get; }

    /// <summary>The probability of success, if it was given.</summary>
    public Tensor? Probs { get; }

    /// <summary>Its log-odds, if they were given.</summary>
    public Tensor? Logits { get; }

    /// <summary>The probability of an extra zero, if it was given.</summary>
    public Tensor? Gate { get; }

    /// <summary>Its log-odds, if they were given.</summary>
    public Tensor? GateLogits { get; }

    internal override Distribution? Widened =>
        new ZeroInflatedNegativeBinomial(TotalCount.Widened, Probs?.Widened, Logits?.Widened, Gate?.Widened, GateLogits?.Widened, validate: false);
}
