using System.Runtime.CompilerServices;
using Pyrite.Functions;
using Pyrite.Functions.Quantiles;

namespace Pyrite;

public abstract partial class Distribution
{
    /// <summary>The expected value, of shape batch + event; NaN where undefined, infinite where divergent.</summary>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor Mean => throw NoFormula();

    /// <summary>The variance of each coordinate, of shape batch + event; NaN where undefined, infinite where divergent.</summary>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor Variance => throw NoFormula();

    /// <summary>The square root of the variance.</summary>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor StandardDeviation => Variance.Sqrt();

    /// <summary>The most likely value, of shape batch + event; NaN where there is none.</summary>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor Mode => throw NoFormula();

    /// <summary>The entropy in nats, of the batch shape; differential for densities.</summary>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor Entropy() => throw NoFormula();

    /// <summary>P(X ≤ x).</summary>
    /// <param name="x">Broadcasts against the batch shape.</param>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor Cdf(Tensor x) => throw NoFormula();

    /// <summary>P(X &gt; x), exact in its own tail.</summary>
    /// <param name="x">Broadcasts against the batch shape.</param>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor SurvivalFunction(Tensor x) => throw NoFormula();

    /// <summary>log P(X ≤ x), also where the probability itself underflows if the family has a formula for it.</summary>
    /// <param name="x">Broadcasts against the batch shape.</param>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor LogCdf(Tensor x) => Probability.Log(Cdf(x), SurvivalFunction(x));

    /// <summary>log P(X &gt; x), also where the probability itself underflows if the family has a formula for it.</summary>
    /// <param name="x">Broadcasts against the batch shape.</param>
    /// <exception cref="NotSupportedException">The family has no formula.</exception>
    public virtual Tensor LogSurvivalFunction(Tensor x) => Probability.Log(SurvivalFunction(x), Cdf(x));

    /// <summary>The x with P(X ≤ x) = p; of whole numbers the smallest with P(X ≤ x) ≥ p.</summary>
    /// <param name="p">Probabilities; broadcast against the batch shape.</param>
    /// <remarks>Families without a formula for it search their distribution function.</remarks>
    /// <exception cref="NotSupportedException">The family has no distribution function.</exception>
    public virtual Tensor InverseCdf(Tensor p) => !HasDistributionFunction ? throw NoFormula()
        : IsDiscrete ? CountQuantiles.FromBelow(this, p) : RealQuantiles.FromBelow(this, p);

    /// <summary>The x with P(X &gt; x) = p, exact also for small p; of whole numbers the smallest with P(X &gt; x) ≤ p.</summary>
    /// <param name="p">Probabilities; broadcast against the batch shape.</param>
    /// <remarks>Families without a formula for it search their distribution function.</remarks>
    /// <exception cref="NotSupportedException">The family has no distribution function.</exception>
    public virtual Tensor InverseSurvivalFunction(Tensor p) => !HasDistributionFunction ? throw NoFormula()
        : IsDiscrete ? CountQuantiles.FromAbove(this, p) : RealQuantiles.FromAbove(this, p);

    /// <summary>All values of a finite support, along a new first axis.</summary>
    /// <param name="expand">Whether the batch axes are filled; otherwise they have size 1.</param>
    /// <exception cref="NotSupportedException">The support is not finite, or depends on the position in the batch.</exception>
    public virtual Tensor EnumerateSupport(bool expand = true) => throw NoFormula();

    /// <summary>Whether values are single numbers with a distribution function.</summary>
    internal virtual bool HasDistributionFunction => EventShape.Rank == 0;

    private NotSupportedException NoFormula([CallerMemberName] string member = "") =>
        new($"{Name} has no formula for {member}. Estimate it from draws: Sample(key, [n]) gives n of them.");
}
