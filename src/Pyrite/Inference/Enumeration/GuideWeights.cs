using System.Globalization;
using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>The probabilities that a guide gives to joint values of its enumerated sites.</summary>
/// <param name="handler">Knows the guide's enumerated sites.</param>
/// <param name="factors">The log-probabilities of these sites, each with its site.</param>
internal sealed class GuideWeights(EnumerationHandler handler, IReadOnlyList<(EnumeratedSite Site, Factor Factor)> factors)
{
    private readonly Dictionary<string, Factor> known = [];

    /// <summary>The joint probability of some sites: a table of them inside their plates; of single rows of a site where these meet.</summary>
    public Factor Of(HiddenAxis[] axes)
    {
        string key = string.Join(",", axes.Select(axis => axis.Number.ToString(CultureInfo.InvariantCulture)));
        if (!known.TryGetValue(key, out Factor? weights))
        {
            IEnumerable<Factor> tables = Ancestors(axes).Select(entry => entry.Factor);
            if (Array.Exists(axes, axis => axis.Fixed.Count > 0))
            {
                // Single rows are asked for: a table of nothing that has them makes the sum take their plate row by row.
                tables = tables.Append(new Factor(Tensor.Zeros(Factor.ShapeOf(axes, []), DType.Float64), axes, []));
            }
            List<Factor> logs = new SumProduct(handler.PlatesOf).Reduce(tables, axes);
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
