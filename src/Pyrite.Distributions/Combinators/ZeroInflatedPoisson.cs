using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Poisson counts of which some were replaced by 0.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are not differentiable.</remarks>
public sealed class ZeroInflatedPoisson : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="rate">The expected count before; 0 or positive.</param>
    /// <param name="gate">The probability of an extra zero; give this or <paramref name="gateLogits"/>.</param>
    /// <param name="gateLogits">Its log-odds.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public ZeroInflatedPoisson(Tensor rate, Tensor? gate = null, Tensor? gateLogits = null, bool validate = true)
        : base(new ZeroInflated(new Poisson(rate, validate: false), gate, gateLogits, validate: false), validate)
    {
        Rate = Declare("rate", rate, Constraints.NonNegative);
        Gate = gate is null ? null : Declare("gate", gate, Constraints.UnitInterval);
        GateLogits = gateLogits is null ? null : Declare("gateLogits", gateLogits, Constraints.Real);
    }

    /// <summary>The expected count before; 0 or positive.</summary>
    public Tensor Rate { get; }

    /// <summary>The probability of an extra zero, if it was given.</summary>
    public Tensor? Gate { get; }

    /// <summary>Its log-odds, if they were given.</summary>
    public Tensor? GateLogits { get; }

    internal override Distribution? Widened => new ZeroInflatedPoisson(Rate.Widened, Gate?.Widened, GateLogits?.Widened, validate: false);
}
