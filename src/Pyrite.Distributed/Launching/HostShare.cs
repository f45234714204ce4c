namespace Pyrite.Launching;

/// <summary>How the ranks of one host share its processors.</summary>
/// <param name="Threads">How many threads a rank gets, 1 or more.</param>
/// <param name="IsBoundTightly">Whether ranks were bound to one processor each although the host has more than they use.</param>
internal readonly record struct HostShare(int Threads, bool IsBoundTightly)
{
    /// <summary>The share of a rank: the processors that it may use, divided by the ranks of its host that may use one of them too.</summary>
    public static HostShare Of(int rank, IReadOnlyList<RankPlace> places)
    {
        RankPlace own = places[rank];
        RankPlace[] neighbours = [.. places.Where(place => place.Host == own.Host)];
        if (own.Processors.Length == 0)
        {
            return new HostShare(Math.Max(1, own.ProcessorCount / neighbours.Length), false);
        }
        HashSet<int> allowed = Processors.Parse(own.Processors);
        HashSet<int> used = [];
        int sharing = 0;
        foreach (RankPlace neighbour in neighbours)
        {
            HashSet<int> theirs = Processors.Parse(neighbour.Processors);
            used.UnionWith(theirs);
            sharing += theirs.Overlaps(allowed) ? 1 : 0;
        }

        // A limit on processor time, as containers have, counts beside the list.
        int threads = Math.Max(1, Math.Min(allowed.Count, own.ProcessorCount) / sharing);
        return new HostShare(threads, allowed.Count == 1 && used.Count < own.HostProcessorCount);
    }
}
