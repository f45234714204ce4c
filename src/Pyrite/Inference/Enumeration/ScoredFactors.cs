using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>The scores of one run: tables of those that depend on enumerated sites, and the sum of all others.</summary>
/// <param name="Groups">Tables that share sites, directly or through others, with the weight that handlers give all of them.</param>
/// <param name="Rest">The log-density of sites that depend on no enumerated one, weighted; null for none.</param>
/// <param name="Handler">Knows the enumerated sites.</param>
internal sealed record ScoredFactors(IReadOnlyList<(IReadOnlyList<Factor> Factors, double Scale)> Groups, Tensor? Rest, EnumerationHandler Handler)
{
    /// <summary>Takes the scores of a run apart.</summary>
    /// <param name="reader">Makes the tables.</param>
    /// <param name="handler">Knows the enumerated sites.</param>
    /// <param name="trace">The run.</param>
    /// <param name="isMax">Whether the largest score is looked for.</param>
    /// <param name="change">Adds to the table of a site; null for nothing.</param>
    public static ScoredFactors Of(FactorReader reader, EnumerationHandler handler, Trace trace, bool isMax = false,
        Func<SampleSite, Factor, Factor>? change = null)
    {
        List<(Factor Factor, double Scale, SampleSite Site)> factors = [];
        Tensor? rest = null;
        IReadOnlyDictionary<SampleSite, Factor> together = change is null && !isMax
            ? new ScoreSeries(reader.Scope, handler, reader).Of(trace)
            : new Dictionary<SampleSite, Factor>();
        foreach (SampleSite site in trace.SampleSites)
        {
            if ((together.TryGetValue(site, out Factor? known) ? known : reader.Of(trace, site, isMax)) is { } factor)
            {
                factors.Add((change is null ? factor : change(site, factor), FactorReader.ScaleOf(site), site));
                continue;
            }
            Tensor term = (site.IsSummedOut && !isMax ? FactorReader.ScoreOf(trace, site) : trace.Score(site)).Sum();
            rest = rest is null ? term : rest + term;
        }
        return new ScoredFactors(Grouped(factors), rest, handler);
    }

    /// <summary>The log of the sum over all enumerated sites.</summary>
    public Tensor Total()
    {
        Tensor? total = Rest;
        foreach ((IReadOnlyList<Factor> factors, double scale) in Groups)
        {
            Tensor sum = new SumProduct(Handler.PlatesOf).Total(factors);
            sum = scale == 1 ? sum : sum * scale;
            total = total is null ? sum : total + sum;
        }
        return total ?? 0.0;
    }

    private static List<(IReadOnlyList<Factor> Factors, double Scale)> Grouped(List<(Factor Factor, double Scale, SampleSite Site)> factors)
    {
        Dictionary<HiddenAxis, HiddenAxis> parents = [];
        foreach ((Factor factor, _, _) in factors)
        {
            foreach (HiddenAxis axis in factor.Axes)
            {
                parents.TryAdd(axis.Whole, axis.Whole);
                parents[Root(axis.Whole)] = Root(factor.Axes[0].Whole);
            }
        }
        List<(IReadOnlyList<Factor>, double)> groups = [];
        foreach (var group in factors.GroupBy(entry => Root(entry.Factor.Axes[0].Whole)))
        {
            (_, double scale, SampleSite first) = group.First();
            foreach ((_, double other, SampleSite site) in group)
            {
                if (Math.Abs(other - scale) > 1e-12 * Math.Abs(scale))
                {
                    throw new ModelException(ModelError.EnumerationImpossible, site.Name, FormattableString.Invariant(
                        $"handlers multiply its log-probability by {other} and that of \"{first.Name}\" by {scale}, but both are in one sum over ")
                        + $"\"{group.Key.Name}\", which has no exact meaning. Open the ScaleHandler around all of them, or around none.");
                }
            }
            groups.Add(([.. group.Select(entry => entry.Factor)], scale));
        }
        return groups;

        HiddenAxis Root(HiddenAxis axis)
        {
            while (parents[axis] != axis)
            {
                axis = parents[axis] = parents[parents[axis]];
            }
            return axis;
        }
    }
}
