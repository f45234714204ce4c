using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>One run of a model whose discrete sites have all their values at once.</summary>
/// <param name="Scope">Where tensors are lifted.</param>
/// <param name="Handler">Knows the enumerated sites.</param>
/// <param name="Trace">The record of the run.</param>
/// <param name="Choices">The values of sequential sites.</param>
internal sealed record EnumeratedRun(LiftingScope Scope, EnumerationHandler Handler, Trace Trace,
    IReadOnlyList<(string Name, int Choice, int Count)> Choices)
{
    /// <summary>The scores.</summary>
    public ScoredFactors Factors(bool isMax = false, Func<SampleSite, Factor, Factor>? change = null) =>
        ScoredFactors.Of(Scope, Handler, Trace, isMax, change);
}
