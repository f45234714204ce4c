using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>A probability with a given mean.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are reparameterized, implicitly. Beta(mean · concentration, (1 - mean) ·
/// concentration).</remarks>
public sealed class BetaProportion : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="mean">The expected value; strictly between 0 and 1.</param>
    /// <param name="concentration">How narrow it is; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public BetaProportion(Tensor mean, Tensor concentration, bool validate = true)
        : base(new Beta(mean * concentration, (1 - mean) * concentration, validate: false), validate)
    {
        ExpectedValue = Declare("mean", mean, Constraints.OpenUnitInterval);
        Concentration = Declare("concentration", concentration, Constraints.Positive);
    }

    /// <summary>The expected value, as given.</summary>
    public Tensor ExpectedValue { get; }

    /// <summary>How narrow it is; positive.</summary>
    public Tensor Concentration { get; }

    internal override Distribution? Widened => new BetaProportion(ExpectedValue.Widened, Concentration.Widened, validate: false);
}
