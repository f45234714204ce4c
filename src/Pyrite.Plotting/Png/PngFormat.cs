namespace Pyrite.Plotting.Png;

/// <summary>Numbers of the PNG format that writer and reader share.</summary>
internal static class PngFormat
{
    public const byte Gray = 0;
    public const byte Color = 2;
    public const byte Palette = 3;
    public const byte GrayAlpha = 4;
    public const byte ColorAlpha = 6;

    /// <summary>The longest side that is read or written.</summary>
    public const int LargestSide = 32_768;

    /// <summary>The most bytes of pixels that are read or written: 256 MiB.</summary>
    public const int LargestImage = 1 << 28;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
}
