namespace Pyrite;

/// <summary>One statement of a model on its way through the handlers, and afterwards in a trace.</summary>
public abstract class Site
{
    private protected Site(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The name, unique in a run of a model.</summary>
    public string Name { get; }

    /// <summary>What the statement returns. A handler may set it before the default action would.</summary>
    public abstract Tensor Value { get; set; }

    /// <summary>Whether the value has been decided.</summary>
    public abstract bool HasValue { get; }

    /// <summary>Whether handlers further out are not to see this site.</summary>
    public bool IsHidden { get; set; }

    /// <summary>The vectorized plates around the site, outermost first.</summary>
    public IReadOnlyList<PlateFrame> Plates => PlateFrames;

    internal List<PlateFrame> PlateFrames { get; } = new(1);

    /// <summary>What happens where no handler decided the value.</summary>
    internal abstract void ApplyDefault();

    /// <summary>Calls the handler's method for this kind of site, on the way out.</summary>
    internal abstract void Before(Handler handler);

    /// <summary>Calls the handler's method for this kind of site, on the way back.</summary>
    internal abstract void After(Handler handler);
}
