namespace Pyrite;

/// <summary>Which correlations a metric estimates during warm-up.</summary>
public sealed class MetricStructure
{
    private readonly string[][]? blocks;

    private MetricStructure(string[][]? blocks) => this.blocks = blocks;

    /// <summary>The names of each block; null for all numbers in one.</summary>
    internal IReadOnlyList<string[]>? Names => blocks;

    /// <summary>None: variances only. Cheap, and right for most models.</summary>
    public static MetricStructure Diagonal { get; } = new([]);

    /// <summary>All of them: for few, strongly correlated parameters.</summary>
    public static MetricStructure Dense { get; } = new(null);

    /// <summary>Those among the numbers of some sites; all other numbers have variances only.</summary>
    /// <param name="sites">Groups of names of latent sites; a site may be in one group.</param>
    public static MetricStructure Blocks(params string[][] sites) => new(sites);

    /// <summary>The numbers of each block.</summary>
    /// <exception cref="ArgumentException">A name is no latent site, or is in two groups.</exception>
    internal int[][] Members(Potential potential)
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
