using System.Collections.Concurrent;
using Pyrite.Text;

namespace Pyrite.Language.Handlers;

/// <summary>What a handler wants for sites of certain names, with a check that these sites exist.</summary>
/// <param name="intent">What is done to the sites, as in "cannot condition on it".</param>
internal sealed class NamedValues<TValue>(string intent)
{
    private readonly Dictionary<string, TValue> values = [];

    // Several threads may run models under one handler.
    private readonly ConcurrentDictionary<string, bool> met = [];

    /// <summary>Adds the entry of a site.</summary>
    /// <exception cref="ArgumentException">The site has one already.</exception>
    public void Add(string site, TValue value)
    {
        if (!values.TryAdd(site, value))
        {
            throw new ArgumentException($"Site \"{site}\" was named twice. Name each site once.", nameof(site));
        }
    }

    /// <summary>The entry of a site, if it has one.</summary>
    public bool TryGet(string site, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        met.TryAdd(site, true);
        return values.TryGetValue(site, out value);
    }

    /// <summary>Refuses names that no site had.</summary>
    public void Check()
    {
        foreach (string name in values.Keys)
        {
            if (!met.ContainsKey(name))
            {
                throw new ModelException(ModelError.UnknownSite, name,
                    $"the model has no such site, so the handler cannot {intent} it. {NearestNames.Sentence(name, met.Keys)} Correct the name, or "
                        + "leave it out.");
            }
        }
    }
}
