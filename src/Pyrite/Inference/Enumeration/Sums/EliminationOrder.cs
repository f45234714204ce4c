namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>In which order the sites of a component are summed out: always the one whose table is smallest next.</summary>
/// <remarks>Chains and trees come out with tables of two sites; ties go to the site that was made first. Of min-size and min-fill the cheaper order
/// is taken (Koller and Friedman, "Probabilistic graphical models", 2009, section 9.4.3).</remarks>
internal static class EliminationOrder
{
    /// <summary>Among so many sites both rules are tried.</summary>
    private const int MostForFill = 60;

    /// <summary>The order, the sites that meet in the largest table, and its number of cells.</summary>
    /// <param name="scopes">The sites of each factor.</param>
    /// <param name="sites">The sites to sum out.</param>
    public static (List<HiddenAxis> Order, HiddenAxis[] Widest) Of(IEnumerable<HiddenAxis[]> scopes, IReadOnlyCollection<HiddenAxis> sites)
    {
        HiddenAxis[][] all = [.. scopes];
        (List<HiddenAxis> Order, HiddenAxis[] Widest, double Cost) bySize = Greedy(all, sites, byFill: false);
        if (sites.Count > MostForFill)
        {
            return (bySize.Order, bySize.Widest);
        }
        (List<HiddenAxis> Order, HiddenAxis[] Widest, double Cost) byFill = Greedy(all, sites, byFill: true);
        return byFill.Cost < bySize.Cost ? (byFill.Order, byFill.Widest) : (bySize.Order, bySize.Widest);
    }

    private static (List<HiddenAxis> Order, HiddenAxis[] Widest, double Cost) Greedy(HiddenAxis[][] scopes, IReadOnlyCollection<HiddenAxis> sites,
        bool byFill)
    {
        Dictionary<HiddenAxis, HashSet<HiddenAxis>> neighbours = [];
        foreach (HiddenAxis axis in scopes.SelectMany(scope => scope))
        {
            neighbours.TryAdd(axis, []);
        }
        foreach (HiddenAxis[] scope in scopes)
        {
            foreach (HiddenAxis axis in scope)
            {
                neighbours[axis].UnionWith(scope);
            }
        }
        List<HiddenAxis> left = [.. sites.OrderBy(axis => axis.Number)], order = [];
        Dictionary<HiddenAxis, double> costs = left.ToDictionary(axis => axis, axis => Cost(axis, neighbours, byFill));
        HiddenAxis[] widest = [];
        (double most, double total) = (0, 0);
        while (left.Count > 0)
        {
            HiddenAxis next = left[0];
            foreach (HiddenAxis axis in left)
            {
                next = costs[axis] < costs[next] ? axis : next;
            }
            HashSet<HiddenAxis> met = neighbours[next];
            double cells = Size(met);
            total += cells;
            (most, widest) = cells > most ? (cells, [.. met]) : (most, widest);
            left.Remove(next);
            order.Add(next);
            foreach (HiddenAxis other in met)
            {
                if (other != next)
                {
                    neighbours[other].UnionWith(met);
                    neighbours[other].Remove(next);
                }
            }
            foreach (HiddenAxis other in met.Where(costs.ContainsKey))
            {
                costs[other] = other == next ? double.PositiveInfinity : Cost(other, neighbours, byFill);
            }
        }
        return (order, widest, total);
    }

    private static double Cost(HiddenAxis axis, Dictionary<HiddenAxis, HashSet<HiddenAxis>> neighbours, bool byFill)
    {
        HashSet<HiddenAxis> met = neighbours[axis];
        if (!byFill)
        {
            return Size(met);
        }
        double missing = 0;
        foreach (HiddenAxis one in met)
        {
            foreach (HiddenAxis other in met)
            {
                missing += one.Number < other.Number && one != axis && other != axis && !neighbours[one].Contains(other) ? one.Size * other.Size : 0;
            }
        }
        return missing;
    }

    private static double Size(HashSet<HiddenAxis> axes)
    {
        double product = 1;
        foreach (HiddenAxis axis in axes)
        {
            product *= axis.Size;
        }
        return product;
    }
}
