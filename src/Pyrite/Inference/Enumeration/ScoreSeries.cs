using Pyrite.Inference.Enumeration.Sums;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>Scores alike observations of many steps at once: those of one family whose parameters are the same numbers, each taken by a value of an
/// enumerated site of its own.</summary>
/// <remarks>The observations stand side by side along an axis in front, which every family scores one by one.</remarks>
/// <param name="scope">Where tensors are lifted.</param>
/// <param name="handler">Knows the sites that are summed out.</param>
/// <param name="reader">Makes tables.</param>
internal sealed class ScoreSeries(LiftingScope scope, EnumerationHandler handler, FactorReader reader)
{
    /// <summary>Fewer are scored one by one.</summary>
    private const int Fewest = 8;

    /// <summary>Families that their parameters describe.</summary>
    private static readonly HashSet<Type> Families =
    [
        typeof(Normal), typeof(StudentT), typeof(Laplace), typeof(Cauchy), typeof(LogNormal), typeof(Exponential), typeof(Gamma), typeof(Beta),
        typeof(Poisson), typeof(Bernoulli), typeof(Categorical), typeof(NegativeBinomial), typeof(NegativeBinomial2), typeof(Geometric),
        typeof(VonMises), typeof(MultivariateNormal),
    ];

    /// <summary>The tables of all sites that are scored together.</summary>
    public Dictionary<SampleSite, Factor> Of(Trace trace)
    {
        Dictionary<SampleSite, Factor> found = [];
        if (handler.Sites.Count < Fewest)
        {
            return found;
        }
        Dictionary<ScoreLook, List<(SampleSite Site, HiddenAxis Axis)>> groups = [];
        foreach (SampleSite site in trace.SampleSites)
        {
            if (site.IsObserved && LookOf(site) is { } look)
            {
                if (!groups.TryGetValue(look.Look, out List<(SampleSite, HiddenAxis)>? group))
                {
                    groups[look.Look] = group = [];
                }
                group.Add((site, look.Axis));
            }
        }
        foreach (List<(SampleSite Site, HiddenAxis Axis)> group in groups.Values)
        {
            if (group.Count >= Fewest)
            {
                Score(trace, group, found);
            }
        }
        return found;
    }

    private (ScoreLook Look, HiddenAxis Axis)? LookOf(SampleSite site)
    {
        if (site.Mask is not null || site.Weight is not null || site.PartMask is not null || scope.FindCompact(site.Value) is not null
            || FamilyOf(site.Distribution) is not { } family || !Families.Contains(family.GetType()))
        {
            return null;
        }
        HiddenAxis? axis = null;
        List<object> numbers = [];
        foreach (DistributionParameter parameter in family.Parameters)
        {
            numbers.Add(parameter.Name);
            if (scope.FindCompact(parameter.Value) is not { } lifted)
            {
                numbers.Add(parameter.Value.IsWeak ? parameter.Value.WeakValue : parameter.Value);
                continue;
            }
            if (lifted.Mixed is not null || lifted.Axes.Count != 1 || (axis is not null && axis != lifted.Axes[0]))
            {
                return null;
            }
            axis = lifted.Axes[0];
            numbers.Add(lifted.Numbers);
            numbers.Add(parameter.Value.Shape);
        }
        return axis is null ? null : (new ScoreLook(site, family.GetType(), [.. numbers]), axis);
    }

    /// <summary>The family, where nothing but plates and event axes stands around it.</summary>
    private static Distribution? FamilyOf(Distribution distribution) => distribution switch
    {
        Expanded expanded => FamilyOf(expanded.Base),
        Independent independent => FamilyOf(independent.Base),
        Masked => null,
        _ => distribution,
    };

    private void Score(Trace trace, List<(SampleSite Site, HiddenAxis Axis)> group, Dictionary<SampleSite, Factor> found)
    {
        (SampleSite first, HiddenAxis axis) = group[0];
        Tensor score;
        try
        {
            score = first.Distribution.LogProb(Values(group.ConvertAll(member => member.Site)));
            score = first.Value.IsWeak ? score.To(first.Distribution.DType) : score;
        }
        catch (ArgumentException)
        {
            // Scored one by one, the value that does not suit is named.
            return;
        }
        PlateCheck.Verify("model", trace, first, score.Shape[1..]);
        if (reader.TablesOf(first, score, axis) is not { } tables)
        {
            return;
        }
        FactorSeries series = new(tables);
        PlateKey[] plates = PlateKey.Of(first.Plates);
        MarkovPromise promise = new(handler);
        for (int i = 0; i < group.Count; i++)
        {
            promise.Require(group[i].Site, [group[i].Axis]);
            found[group[i].Site] = new Factor(series, i, [group[i].Axis], plates);
        }
    }

    private static Tensor Values(List<SampleSite> sites)
    {
        Distribution law = sites[0].Distribution;
        if (sites.TrueForAll(site => site.Value.IsWeak))
        {
            return Tensor.From<double>([.. sites.Select(site => site.Value.WeakValue)], null);
        }
        Shape whole = law.BatchShape + law.EventShape;
        return Tensor.Stack([.. sites.Select(site => site.Value.BroadcastTo(whole))]);
    }

    /// <summary>What alike observations have in common.</summary>
    private sealed class ScoreLook(SampleSite site, Type family, object[] numbers) : IEquatable<ScoreLook>
    {
        private readonly SampleSite site = site;
        private readonly Type family = family;
        private readonly object[] numbers = numbers;

        public bool Equals(ScoreLook? other) => other is not null && family == other.family && numbers.AsSpan().SequenceEqual(other.numbers)
            && site.Distribution.GetType() == other.site.Distribution.GetType() && site.Distribution.BatchShape == other.site.Distribution.BatchShape
            && site.Distribution.EventShape == other.site.Distribution.EventShape && site.Value.IsWeak == other.site.Value.IsWeak
            && (site.Value.IsWeak ? site.Distribution.BatchShape.Rank + site.Distribution.EventShape.Rank == 0
                : site.Value.DType == other.site.Value.DType)
            && site.Distribution.Validate == other.site.Distribution.Validate && site.Plates.SequenceEqual(other.site.Plates);

        public override bool Equals(object? obj) => Equals(obj as ScoreLook);

        public override int GetHashCode() => numbers.Aggregate(family.GetHashCode(), (hash, one) => HashCode.Combine(hash, one));
    }
}
