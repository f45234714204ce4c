namespace Pyrite.Inference.Samplers.Metrics;

/// <summary>Correlations inside of blocks of sites; of all numbers where no names are given.</summary>
internal sealed class BlockStructure(string[][]? blocks) : MetricStructure
{
    /// <summary>The names of each block; null for all numbers in one.</summary>
    public IReadOnlyList<string[]>? Names => blocks;

    protected internal override MetricEstimate Begin(Potential potential, StateNumbers learnt) => new BlockEstimate(learnt, potential.Dimension,
        Members(potential));

    /// <summary>The numbers of each block.</summary>
    /// <exception cref="ArgumentException">A name is no latent site, or is in two groups.</exception>
    private int[][] Members(Potential potential)
    {
        if (blocks is null)
        {
            return [Enumerable.Range(0, potential.Dimension).ToArray()];
        }
        HashSet<string> met = [];
        return Array.ConvertAll(blocks, names => names.SelectMany(name =>
        {
            PotentialSite site = potential.Sites.FirstOrDefault(one => one.Name == name)
                ?? throw new ArgumentException(
                    $"A block of the metric names site \"{name}\"; the latent sites "
                        + $"are {string.Join(", ", potential.Sites.Select(one => one.Name))}.");
            return met.Add(name)
                ? Enumerable.Range(site.Offset, site.Count)
                : throw new ArgumentException($"Site \"{name}\" is in two blocks of the metric. Put the groups together.");
        }).ToArray());
    }
}
