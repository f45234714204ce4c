namespace Pyrite;

/// <summary>How image files are read.</summary>
public sealed record ImageOptions
{
    /// <summary>3 for red, green and blue, 1 for grey (0.299 red + 0.587 green + 0.114 blue, ITU-R BT.601).</summary>
    public int Channels { get; init; } = 3;

    /// <summary>How an image of another shape becomes one of the size that is asked for.</summary>
    public ImageFit Fit { get; init; } = ImageFit.Cover;

    /// <summary>What lies behind transparent parts and beside an image that does not fill its size: from 0 for black to 255 for white.</summary>
    public byte Background { get; init; }

    /// <summary>The most pixels of an image; a file that announces more is refused before it is decoded. Decoding takes 4 bytes a pixel, and
    /// <see cref="Channels"/> more.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>The most bytes of a file; a larger one is refused before it is read.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);

    internal ImageOptions Check()
    {
        if (Channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "Images are read with 3 channels for colours, or 1 for grey.");
        }
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPixels, nameof(MaxPixels));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFileBytes, nameof(MaxFileBytes));
        return Enum.IsDefined(Fit) ? this : throw new ArgumentOutOfRangeException(nameof(Fit), Fit, "There is no such fit.");
    }
}
