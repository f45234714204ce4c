namespace Pyrite.Language.Series;

/// <summary>Where the values of a site's rounds come from.</summary>
internal enum SeriesSource
{
    /// <summary>From the body: its own data.</summary>
    Body,

    /// <summary>From an array: a handler has decided them.</summary>
    Array,

    /// <summary>They are drawn; those of the first rounds may be given.</summary>
    Draw,
}
