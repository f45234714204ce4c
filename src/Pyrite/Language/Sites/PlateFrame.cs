namespace Pyrite;

/// <summary>One plate as a site sees it: an axis along which draws are independent, or one round of a sequential plate.</summary>
/// <param name="Name">The plate's name.</param>
/// <param name="Dimension">The batch dimension, counted from the right: -1 is the last; 0 for a sequential plate, which has none.</param>
/// <param name="Size">How many there are in all.</param>
/// <param name="SubsampleSize">How many are present in this run.</param>
/// <param name="Index">Which of them this round of a sequential plate is; null for a vectorized plate.</param>
public readonly record struct PlateFrame(string Name, int Dimension, int Size, int SubsampleSize, int? Index = null)
{
    /// <summary>Whether the copies lie along a batch dimension, rather than one after the other.</summary>
    public bool IsVectorized => Index is null;

    /// <summary>What all of its entries are called; null where they have numbers only.</summary>
    internal IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether the entries that are present, and their order, are those that the model gave.</summary>
    internal bool IsGiven { get; init; }

    /// <summary>How many the model asked for: more than are present in a shard of a step, which has a part of them.</summary>
    internal int AskedSize
    {
        get => field == 0 ? SubsampleSize : field;
        init;
    }

    /// <summary>Whether this is the same plate. What its entries are called does not matter: a guide need not say it again.</summary>
    /// <param name="other">Another plate.</param>
    public bool Equals(PlateFrame other) =>
        Name == other.Name && Dimension == other.Dimension && Size == other.Size && SubsampleSize == other.SubsampleSize && Index == other.Index;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Dimension, Size, SubsampleSize, Index);

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
