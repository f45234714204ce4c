using System.Globalization;
using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>The probabilities that a guide gives to joint values of its enumerated sites.</summary>
/// <param name="handler">Knows the guide's enumerated sites.</param>
/// <param name="factors">The log-probabilities of these sites, each with its site.</param>
internal sealed class GuideWeights(EnumerationHandler handler, IReadOnlyList<(EnumeratedSite Site, Factor Factor)> factors)
{
    private readonly Dictionary<string, Factor> known = [];

    /// <summary>The joint probability of some sites: a table of them inside their plates.</summary>
    public Factor Of(HiddenAxis[] axes)
    {
        string key = string.Join(",", axes.Select(axis => axis.Number.ToString(CultureInfo.InvariantCulture)));
        if (!known.TryGetValue(key, out Factor? weights))
        {
            List<Factor> logs = new SumProduct(handler.PlatesOf).Reduce(Ancestors(axes).Select(entry => entry.Factor), axes);
            Factor joint = Factor.Product([.. logs.Where(factor => factor.Axes.Length > 0)]);
            known[key] = weights = new Factor(joint.Table.Exp(), joint.Axes, joint.Plates);
        }
        return weights;
    }

    /// <summary>The sites themselves and those that they depend on: all others sum to one.</summary>
    private List<(EnumeratedSite Site, Factor Factor)> Ancestors(HiddenAxis[] axes)
    {
        HashSet<HiddenAxis> needed = [.. axes.Select(axis => axis.Whole)];
        List<(EnumeratedSite, Factor)> found = [];

        // A site depends on earlier ones alone.
        for (int i = factors.Count - 1; i >= 0; i--)
        {
            if (needed.Contains(factors[i].Site.Axis))
            {
                needed.UnionWith(factors[i].Factor.Axes.Select(axis => axis.Whole));
                found.Add(factors[i]);
            }
        }
        return found;
    }
}
