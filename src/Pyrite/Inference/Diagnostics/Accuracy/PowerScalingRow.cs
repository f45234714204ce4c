namespace Pyrite;

/// <summary>How a number of a posterior answers to the powers of prior and likelihood.</summary>
/// <param name="Name">The number.</param>
/// <param name="Prior">Its sensitivity to the prior.</param>
/// <param name="Likelihood">Its sensitivity to the likelihood.</param>
public sealed record PowerScalingRow(string Name, double Prior, double Likelihood)
{
    /// <summary>What that means; null where nothing is to be said.</summary>
    public string? Diagnosis => !(Prior >= PowerScaling.Threshold) ? null
        : Likelihood >= PowerScaling.Threshold ? "prior and data disagree"
        : "a strong prior, or weak data";

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
