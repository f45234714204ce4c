namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>In which order the sites of a component are summed out: always the one whose table is smallest next.</summary>
/// <remarks>Chains and trees come out with tables of two sites; ties go to the site that was made first. Of min-size and min-fill the cheaper order
/// is taken (Koller and Friedman, "Probabilistic graphical models", 2009, section 9.4.3). The time grows with the number of sites times its
/// logarithm where few sites meet.</remarks>
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
        Dictionary<HiddenAxis, double> costs = sites.ToDictionary(axis => axis, axis => Cost(axis, neighbours, byFill));
        PriorityQueue<HiddenAxis, (double Cost, int Number)> queue = new(costs.Select(entry => (entry.Key, (entry.Value, entry.Key.Number))));
        List<HiddenAxis> order = [];
        HiddenAxis[] widest = [];
        (double most, double total) = (0, 0);
        while (queue.TryDequeue(out HiddenAxis? next, out (double Cost, int Number) place))
        {
            // A site stands in the queue once for each cost that it has had: only the last one counts.
            if (!costs.TryGetValue(next, out double cost) || cost != place.Cost)
            {
                continue;
            }
            costs.Remove(next);
            HashSet<HiddenAxis> met = neighbours[next];
            double cells = Size(met);
            total += cells;
            (most, widest) = cells > most ? (cells, [.. met]) : (most, widest);
            order.Add(next);
            foreach (HiddenAxis other in met)
            {
                if (other != next)
                {
                    neighbours[other].UnionWith(met);
                    neighbours[other].Remove(next);
                }
            }
            // Pairs that meet from now on may be missing no longer at a site that did not meet this one.
            foreach (HiddenAxis other in byFill ? (IReadOnlyCollection<HiddenAxis>)[.. costs.Keys] : met)
            {
                if (costs.TryGetValue(other, out double earlier) && Cost(other, neighbours, byFill) is double now && now != earlier)
                {
                    costs[other] = now;
                    queue.Enqueue(other, (now, other.Number));
                }
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
            if (double.IsInfinity(product))
            {
                break;
            }
        }
        return product;
    }
}
