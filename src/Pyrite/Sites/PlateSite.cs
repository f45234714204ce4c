namespace Pyrite;

/// <summary>The choice of a plate's subsample: the indices that are present in this run.</summary>
public sealed class PlateSite : Site
{
    private Tensor? indices;

    internal PlateSite(string name, int size, int subsampleSize)
        : base(name)
    {
        Size = size;
        SubsampleSize = subsampleSize;
    }

    /// <summary>How many there are in all.</summary>
    public int Size { get; }

    /// <summary>How many are present.</summary>
    public int SubsampleSize { get; }

    /// <summary>The key of the choice; model and guide of one step share it, so that they agree.</summary>
    public RandomKey? Key { get; set; }

    /// <summary>The chosen indices, Int64 [subsample size], all different.</summary>
    public override Tensor Value
    {
        get => indices ?? throw new InvalidOperationException($"Plate \"{Name}\" has not chosen its indices yet. Read them in After, or set them.");
        set => indices = value;
    }

    /// <inheritdoc/>
    public override bool HasValue => indices is not null;

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault()
    {
        if (indices is not null)
        {
            return;
        }
        if (SubsampleSize == Size)
        {
            indices = Tensor.Range(Size);
            return;
        }
        int[] order = new int[Size];
        (Key ?? AmbientKey.Next()).Permutation(order);
        indices = Tensor.From<long>(Array.ConvertAll(order[..SubsampleSize], i => (long)i));
    }
}
