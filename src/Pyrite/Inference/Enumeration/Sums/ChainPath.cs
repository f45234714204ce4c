namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>Sites of which each meets only the one before and the one behind it: the steps of a chain, summed out by one operation.</summary>
internal sealed class ChainPath
{
    /// <summary>Shorter chains are summed site by site.</summary>
    private const int FewestSites = 6;

    private readonly List<Factor>[] singles;
    private readonly List<Factor>[] links;

    private ChainPath(HiddenAxis[] sites, List<Factor>[] singles, List<Factor>[] links) =>
        (Sites, this.singles, this.links) = (sites, singles, links);

    /// <summary>The sites from one end to the other; the end that was made first comes first.</summary>
    public HiddenAxis[] Sites { get; }

    /// <summary>Looks for a chain.</summary>
    /// <param name="factors">Tables in the same plates that share sites, directly or through others.</param>
    /// <param name="sites">All sites that are to be summed out of them.</param>
    /// <returns>Null where they are none: more than two sites meet, or a site has more than two neighbours, or other sites are there, or sizes
    /// differ.</returns>
    public static ChainPath? Find(IReadOnlyList<Factor> factors, HiddenAxis[] sites)
    {
        if (sites.Length < FewestSites || Array.Exists(sites, site => site.Size != sites[0].Size))
        {
            return null;
        }
        Dictionary<HiddenAxis, (HiddenAxis? One, HiddenAxis? Other)> neighbours = [];
        foreach (HiddenAxis site in sites)
        {
            neighbours[site] = (null, null);
        }
        Predicate<HiddenAxis> isSite = neighbours.ContainsKey;
        foreach (Factor factor in factors)
        {
            bool isOfChain = factor.Axes.Length is 1 or 2 && Array.TrueForAll(factor.Axes, isSite);
            if (!isOfChain || (factor.Axes.Length == 2 && !(Join(factor.Axes[0], factor.Axes[1]) && Join(factor.Axes[1], factor.Axes[0]))))
            {
                return null;
            }
        }
        HiddenAxis? first = sites.Where(site => neighbours[site].Other is null).MinBy(site => site.Number);
        if (first is null)
        {
            return null;
        }
        Dictionary<HiddenAxis, int> places = [];
        List<HiddenAxis> path = [];
        for (HiddenAxis? next = first; next is not null;)
        {
            places[next] = path.Count;
            path.Add(next);
            (HiddenAxis? one, HiddenAxis? other) = neighbours[next];
            next = one is not null && !places.ContainsKey(one) ? one : other is not null && !places.ContainsKey(other) ? other : null;
        }
        if (path.Count < sites.Length)
        {
            return null;
        }
        List<Factor>[] singles = [.. path.Select(_ => new List<Factor>())], links = [.. path.Skip(1).Select(_ => new List<Factor>())];
        foreach (Factor factor in factors)
        {
            int place = places[factor.Axes[0]];
            (factor.Axes.Length == 1 ? singles[place] : links[Math.Min(place, places[factor.Axes[1]])]).Add(factor);
        }
        return new ChainPath([.. path], singles, links);

        bool Join(HiddenAxis site, HiddenAxis neighbour)
        {
            (HiddenAxis? one, HiddenAxis? other) = neighbours[site];
            if (one == neighbour || other == neighbour)
            {
                return true;
            }
            neighbours[site] = one is null ? (neighbour, null) : (one, neighbour);
            return other is null;
        }
    }

    /// <summary>The log of the sum over all values of all sites: a table of the plates.</summary>
    /// <param name="plates">The plates of all tables.</param>
    public Factor Sum(PlateKey[] plates)
    {
        Tensor scores = new ChainScores(Sites[0].Size, plates.Length).Of(singles), transitions = Transitions();
        if (plates.Length > 0)
        {
            // [steps, states, .. plates] to [.. plates, steps, states].
            int[] behind = [.. Enumerable.Range(0, plates.Length)];
            scores = scores.Permute([.. behind.Select(plate => plate + 2), 0, 1]);
            transitions = transitions.Permute([.. behind.Select(plate => plate + 3), 0, 1, 2]);
        }
        return new Factor(Chains.LogSumOverPaths(transitions, scores), [], plates);
    }

    /// <summary>[1 or steps - 1, states, states, .. plates].</summary>
    private Tensor Transitions()
    {
        bool isOne = true;
        for (int link = 1; link < links.Length && isOne; link++)
        {
            isOne = links[link].Count == links[0].Count;
            for (int i = 0; i < links[link].Count && isOne; i++)
            {
                isOne = ReferenceEquals(links[link][i].Table, links[0][i].Table) && IsTurned(link, i) == IsTurned(0, i);
            }
        }
        return isOne ? Product(0).Unsqueeze(0) : ChainScores.Stacked([.. Enumerable.Range(0, links.Length).Select(Product)]);
    }

    private bool IsTurned(int link, int place) => links[link][place].Axes[0] != Sites[link];

    private Tensor Product(int link)
    {
        Tensor? sum = null;
        for (int i = 0; i < links[link].Count; i++)
        {
            Tensor table = links[link][i].Table;
            table = IsTurned(link, i) ? table.Transpose(0, 1) : table;
            sum = sum is null ? table : sum + table;
        }
        return sum!;
    }
}
