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
    /// <param name="isMax">Whether the largest score is looked for.</param>
    /// <param name="change">Adds to the table of a site; null for nothing.</param>
    /// <param name="heat">Multiplies the scores; null for nothing.</param>
    public ScoredFactors Factors(bool isMax = false, Func<SampleSite, Factor, Factor>? change = null, Tensor? heat = null) =>
        ScoredFactors.Of(new FactorReader(Scope, Handler, heat), Handler, Trace, isMax, change);
}
