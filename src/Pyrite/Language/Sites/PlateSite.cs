using Pyrite.Language;

namespace Pyrite;

/// <summary>The choice of a plate's subsample: the indices that are present in this run.</summary>
public sealed class PlateSite : Site
{
    private Tensor? indices;

    internal PlateSite(string name, int size, int subsampleSize, Tensor? given = null)
        : base(name)
    {
        Size = size;
        SubsampleSize = subsampleSize;
        indices = given;
        IsGiven = given is not null;
    }

    /// <summary>How many there are in all.</summary>
    public int Size { get; }

    /// <summary>How many are present.</summary>
    public int SubsampleSize { get; }

    /// <summary>Whether the model itself says which indices are present.</summary>
    public bool IsGiven { get; }

    /// <summary>The key of the choice; model and guide of one step share it, so that they agree.</summary>
    public RandomKey? Key { get; set; }

    /// <summary>The chosen indices, Int64 [subsample size]; all different, unless they were given.</summary>
    public override Tensor Value
    {
        get =>
            indices
                ?? (SubsampleSize == Size
                    ? indices = Tensor.Range(Size)
                    : throw new InvalidOperationException($"Plate \"{Name}\" has not chosen its indices yet. Read them in After, or set them."));
        set => indices = value;
    }

    /// <inheritdoc/>
    public override bool HasValue => indices is not null;

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault()
    {
        if (indices is not null || SubsampleSize == Size)
        {
            return;
        }
        int[] order = new int[Size];
        (Key ?? AmbientKey.Next()).Permutation(order);
        indices = Tensor.From<long>(Array.ConvertAll(order[..SubsampleSize], i => (long)i));
    }
}
