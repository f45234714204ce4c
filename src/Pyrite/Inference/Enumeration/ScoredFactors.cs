using System.Globalization;
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
        return new ScoredFactors(Grouped(factors, handler), rest, handler);
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

    /// <summary>The weight of a sum over discrete sites, and its tables with weights of their own.</summary>
    /// <remarks>A weight around a site that is summed out stands outside of the sum over its values, as that of a subsampled plate does; a weight
    /// around what depends on sites without one stands inside: it is part of the score of each value.</remarks>
    /// <param name="group">Tables in one sum, what handlers multiply each with, and whose they are.</param>
    /// <param name="handler">Knows the sites that are summed out.</param>
    /// <exception cref="ModelException">Weights stand neither inside nor outside.</exception>
    public static (IReadOnlyList<Factor> Factors, double Scale) Weighted(IReadOnlyList<(Factor Factor, double Scale, SampleSite Site)> group,
        EnumerationHandler handler)
    {
        (_, double scale, SampleSite? first) = group.FirstOrDefault(entry => handler.Sites.ContainsKey(entry.Site.Name));
        scale = first is null ? 1 : scale;
        List<Factor> factors = [];
        foreach ((Factor factor, double own, SampleSite site) in group)
        {
            bool isSame = Math.Abs(own - scale) <= 1e-12 * Math.Abs(scale);
            if (first is not null && ((!isSame && (scale != 1 || handler.Sites.ContainsKey(site.Name))) || (scale != 1 && site.Weight is not null)))
            {
                string factorName = site.Weight is null ? own.ToString(CultureInfo.InvariantCulture) : "a tensor";
                throw new ModelException(ModelError.EnumerationImpossible, site.Name, FormattableString.Invariant(
                    $"handlers multiply its log-probability by {factorName} and ")
                    + FormattableString.Invariant($"that of \"{first.Name}\" by {scale}, but both are in one sum over discrete sites, which has no ")
                    + "exact meaning. Open the ScaleHandler around all of them, or around the data alone.");
            }
            factors.Add(isSame ? factor : factor.Times(own));
        }
        return (factors, scale);
    }

    private static List<(IReadOnlyList<Factor> Factors, double Scale)> Grouped(List<(Factor Factor, double Scale, SampleSite Site)> factors,
        EnumerationHandler handler)
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
            groups.Add(Weighted([.. group], handler));
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
