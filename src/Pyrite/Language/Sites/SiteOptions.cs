namespace Pyrite;

/// <summary>What a model tells inference about a site, one entry for each type of option; never changes once made.</summary>
/// <remarks>Objectives and samplers define the types they understand (a baseline, a way to enumerate); others pass them by.</remarks>
public sealed class SiteOptions
{
    /// <summary>No options.</summary>
    public static readonly SiteOptions None = new([]);

    private readonly Dictionary<Type, object> entries;

    private SiteOptions(Dictionary<Type, object> entries) => this.entries = entries;

    /// <summary>These options and one more, which replaces an earlier one of its type.</summary>
    public SiteOptions With<TOption>(TOption option) where TOption : class =>
        new(new Dictionary<Type, object>(entries) { [typeof(TOption)] = option });

    /// <summary>These options and others, which take precedence.</summary>
    public SiteOptions With(SiteOptions others)
    {
        Dictionary<Type, object> all = new(entries);
        foreach ((Type type, object option) in others.entries)
        {
            all[type] = option;
        }
        return new SiteOptions(all);
    }

    /// <summary>The option of a type, or null.</summary>
    public TOption? Find<TOption>() where TOption : class => entries.GetValueOrDefault(typeof(TOption)) as TOption;
}
