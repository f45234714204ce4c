using Pyrite.Language;
using Pyrite.Language.Sites;

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
        AskedSize = subsampleSize;
        indices = given;
        IsGiven = given is not null;
    }

    /// <summary>How many there are in all.</summary>
    public int Size { get; }

    /// <summary>How many are present.</summary>
    public int SubsampleSize { get; private set; }

    /// <summary>How many the model asked for; in a shard of a step, those that all shards have together.</summary>
    internal int AskedSize { get; }

    private PlatePart Part { get; set; } = PlatePart.Whole;

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

    /// <summary>Keeps one part of a subsample; whole plates, and what the model gave, stay as they are.</summary>
    /// <exception cref="ModelException">The subsample has no parts of equal size.</exception>
    internal void Cut(PlatePart part)
    {
        if (HasValue || AskedSize == Size)
        {
            return;
        }
        if (AskedSize % part.Count != 0)
        {
            throw new ModelException(Name,
                $"the step is cut into {part.Count} shards, which share the subsamples of plates; a subsample of {AskedSize} has no {part.Count} "
                    + $"equal parts. Take a multiple of {part.Count}.");
        }
        Part = part;
        SubsampleSize = AskedSize / part.Count;
    }

    /// <summary>Takes the choice of an earlier run of the same plate.</summary>
    internal void Follow(PlateSite earlier)
    {
        (Part, SubsampleSize) = (earlier.Part, earlier.SubsampleSize);
        Value = earlier.Value;
    }

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
        int start = Part.Number * SubsampleSize;
        indices = Tensor.From<long>(Array.ConvertAll(order[start..(start + SubsampleSize)], i => (long)i));
    }
}
