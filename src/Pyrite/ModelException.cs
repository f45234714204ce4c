namespace Pyrite;

/// <summary>A model or guide that is wrong: says at which site, what was expected, what was found and what to do.</summary>
public sealed class ModelException : InvalidOperationException
{
    /// <summary>An error at a site.</summary>
    /// <param name="site">The site's name; null where no single site is to blame.</param>
    /// <param name="message">What was attempted, expected and found, and the remedy.</param>
    /// <param name="inner">The cause, if another exception is.</param>
    public ModelException(string? site, string message, Exception? inner = null)
        : base(site is null ? message : $"Site \"{site}\": {message}", inner) => Site = site;

    /// <summary>The name of the site to blame, if one is.</summary>
    public string? Site { get; }
}
