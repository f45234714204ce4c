namespace Pyrite.Kernels.Convolution;

/// <summary>How a channels-last image lies in memory: its pixels, and a margin of zeros around them that convolutions may read.</summary>
internal readonly record struct ImageLayout(int Height, int Width, int Channels, int Margin)
{
    /// <summary>Elements from one row to the next.</summary>
    public nint Pitch => (nint)(Width + (2 * Margin)) * Channels;

    /// <summary>Elements from one image to the next.</summary>
    public nint Image => (Height + (2 * Margin)) * Pitch;

    /// <summary>Elements from the start of an image to its first pixel.</summary>
    public nint Origin => Margin * (Pitch + Channels);
}
