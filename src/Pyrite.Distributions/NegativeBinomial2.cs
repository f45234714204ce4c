namespace Pyrite;

/// <summary>Counts with a given <c>mean</c> and variance mean + mean² / concentration.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are not differentiable.</remarks>
public sealed class NegativeBinomial2 : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="mean">The expected count; 0 or positive.</param>
    /// <param name="concentration">How close to a Poisson distribution; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public NegativeBinomial2(Tensor mean, Tensor concentration, bool validate = true)
        : base(new NegativeBinomial(concentration, logits: mean.Log() - concentration.Log(), validate: false), validate)
    {
        ExpectedCount = Declare("mean", mean, Constraints.NonNegative);
        Concentration = Declare("concentration", concentration, Constraints.Positive);
    }

    /// <summary>The expected count, as given.</summary>
    public Tensor ExpectedCount { get; }

    /// <summary>How close to a Poisson distribution; positive.</summary>
    public Tensor Concentration { get; }
}
