namespace Pyrite;

/// <summary>A model or guide that is wrong: says at which site, what was expected, what was found and what to do.</summary>
public sealed class ModelException : InvalidOperationException
{
    /// <summary>An error at a site.</summary>
    /// <param name="site">The site's name; null where no single site is to blame.</param>
    /// <param name="message">What was attempted, expected and found, and the remedy.</param>
    /// <param name="inner">The cause, if another exception is.</param>
    public ModelException(string? site, string message, Exception? inner = null)
        : this(ModelError.Other, site, message, inner)
    {
    }

    /// <summary>An error of a known kind.</summary>
    /// <param name="kind">Which section of docs/errors.md tells more.</param>
    /// <param name="site">The site's name; null where no single site is to blame.</param>
    /// <param name="message">What was attempted, expected and found, and the remedy.</param>
    /// <param name="inner">The cause, if another exception is.</param>
    internal ModelException(ModelError kind, string? site, string message, Exception? inner = null)
        : base(site is null ? message : $"Site \"{site}\": {message}", inner)
    {
        Kind = kind;
        Site = site;
    }

    private ModelException(ModelException original, string addition)
        : base(original.Message + addition, original.InnerException)
    {
        Kind = original.Kind;
        Site = original.Site;
        HasTable = true;
    }

    /// <summary>Which section of docs/errors.md tells more.</summary>
    public ModelError Kind { get; }

    /// <summary>The name of the site to blame, if one is.</summary>
    public string? Site { get; }

    private bool HasTable { get; }

    /// <summary>An argument error's message without the name of the C# parameter, which says nothing to a modeller.</summary>
    internal static string WithoutParameter(ArgumentException error)
    {
        string message = error.ParamName is { } name ? error.Message.Replace($" (Parameter '{name}')", "") : error.Message;
        return error is ArgumentOutOfRangeException { ActualValue: not null } ? message.Split(Environment.NewLine)[0] : message;
    }

    /// <summary>The same error with a table of trace shapes, once.</summary>
    internal ModelException With(Func<string> table) => HasTable ? this : new ModelException(this, "\n" + table());
}
