using Pyrite.Language.Sites;

namespace Pyrite;

/// <summary>Decides all randomness of a run: each site's key comes from the seed and the site's name, so other sites do not matter.</summary>
public sealed class SeedHandler : Handler
{
    private RandomKey draws;
    private RandomKey plates;
    private PlatePart part = PlatePart.Whole;

    // Runs on several threads may share the handler, as chains share a wrapped model; each counts for itself.
    private readonly ThreadLocal<Dictionary<string, int>> occurrences = new(() => []);

    /// <summary>Randomness from a seed.</summary>
    public SeedHandler(ulong seed)
        : this(RandomKey.FromSeed(seed))
    {
    }

    /// <summary>Randomness from a key.</summary>
    public SeedHandler(RandomKey key)
        : this(key.Child("draws"), key.Child("plates"))
    {
    }

    /// <summary>Randomness from two keys: model and guide of a step draw on their own but share the plates' subsamples.</summary>
    internal SeedHandler(RandomKey draws, RandomKey plates)
    {
        this.draws = draws;
        this.plates = plates;
    }

    /// <summary>Hidden sites too are drawn from the seed: otherwise hiding a site would change what the same seed gives.</summary>
    protected internal override bool SeesHiddenSites => true;

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (site.Key is null && !site.HasValue)
        {
            Dictionary<string, int> seen = occurrences.Value!;
            int occurrence = seen.GetValueOrDefault(site.Name);
            seen[site.Name] = occurrence + 1;
            RandomKey key = draws.Child(site.Name);
            site.Key = occurrence == 0 ? key : key.Child(occurrence);
        }
    }

    /// <inheritdoc/>
    protected internal override void Before(PlateSite site)
    {
        site.Key ??= plates.Child(site.Name);
        if (part.Count > 1)
        {
            site.Cut(part);
        }
    }

    /// <summary>Every run under this handler is the same.</summary>
    protected internal override void Begin() => occurrences.Value!.Clear();

    /// <summary>Randomness from other keys, and a part of the subsamples, from the next run on.</summary>
    internal void Reset(RandomKey drawKey, RandomKey plateKey, PlatePart partOfPlates) =>
        (draws, plates, part) = (drawKey, plateKey, partOfPlates);
}
