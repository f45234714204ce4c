namespace Pyrite;

/// <summary>What a <see cref="Summary"/> shows and what it warns of.</summary>
public sealed record SummaryOptions
{
    /// <summary>The probabilities of the quantiles, 0 to 1; by default 5 %, 50 % and 95 %.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [0.05, 0.5, 0.95];

    /// <summary>The share of the draws that highest-density intervals hold, above 0 and below 1; null for no such columns.</summary>
    public double? HdiProbability { get; init; }

    /// <summary>Whether highest-density intervals may come in several pieces, one per mode, in <see cref="SummaryRow.HdiRegions"/>; asks for
    /// <see cref="HdiProbability"/>.</summary>
    /// <remarks>From a kernel density, so their ends are smoother than those of one interval. Hyndman, "Computing and graphing highest density
    /// regions" (1996).</remarks>
    public bool IsMultimodal { get; init; }

    /// <summary>Quantities that are angles in radians, beside those whose sites have a circular family (<see cref="Distribution.IsCircular"/>); by
    /// name, such as <c>phase</c>.</summary>
    public IReadOnlyList<string> Circular { get; init; } = [];

    /// <summary>The tree depth at which the sampler stopped; null if there was no limit.</summary>
    public int? MaximumTreeDepth { get; init; }

    /// <summary>R-hat above this is warned of; 1.01 as Vehtari et al. (2021) advise.</summary>
    public double LargestRHat { get; init; } = 1.01;

    /// <summary>Effective sample sizes below this many per chain are warned of; 100 as Vehtari et al. (2021) advise.</summary>
    public double LeastEssPerChain { get; init; } = 100;

    /// <summary>E-BFMI below this is warned of; 0.3 as Stan.</summary>
    public double LeastEnergyBfmi { get; init; } = 0.3;

    /// <summary>Sentences about the run that stand at the end of the advice.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
