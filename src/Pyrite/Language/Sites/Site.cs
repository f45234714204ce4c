namespace Pyrite;

/// <summary>One statement of a model on its way through the handlers, and afterwards in a trace.</summary>
public abstract class Site
{
    private protected Site(string name) => Name = name;

    /// <summary>The name, unique in a run of a model. A handler may change it on the way out.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string Name
    {
        get;
        set
        {
            field = string.IsNullOrEmpty(value)
                ? throw new ArgumentException("A statement needs a name; found an empty one. Name every Sample, Param, Plate and Deterministic.",
                    nameof(value))
                : value;
        }
    }

    /// <summary>What the statement returns. A handler may set it before the default action would.</summary>
    public abstract Tensor Value { get; set; }

    /// <summary>Whether the value has been decided.</summary>
    public abstract bool HasValue { get; }

    /// <summary>Whether handlers further out are not to see this site.</summary>
    public bool IsHidden { get; set; }

    /// <summary>The plates around the site, outermost first, sequential ones among them.</summary>
    public IReadOnlyList<PlateFrame> Plates => PlateFrames;

    /// <summary>As <see cref="Plates"/>; sites share these arrays, which nobody writes to.</summary>
    internal PlateFrame[] PlateFrames { get; set; } = [];

    /// <summary>Whether this stands for a site that an intervention has split, so that it is not split again.</summary>
    internal bool IsTwin { get; init; }

    /// <summary>Whether the plates around are axes of its events, so that they are none of its batch.</summary>
    internal bool StandsApart { get; init; }

    /// <summary>Puts the plate of a handler around the site.</summary>
    /// <param name="alone">The plate as a list of one.</param>
    internal void Surround(PlateFrame[] alone)
    {
        if (!StandsApart)
        {
            PlateFrames = PlateFrames.Length == 0 ? alone : [alone[0], .. PlateFrames];
        }
    }

    /// <summary>What happens where no handler decided the value.</summary>
    internal abstract void ApplyDefault();

    /// <summary>Calls the handler's method for this kind of site, on the way out.</summary>
    internal abstract void Before(Handler handler);

    /// <summary>Calls the handler's method for this kind of site, on the way back.</summary>
    internal abstract void After(Handler handler);
}
