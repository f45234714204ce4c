using System.Buffers.Binary;

namespace Pyrite.Plotting.Png;

/// <summary>The first chunk of a PNG file, checked: 8 bits, no interlacing, sizes within bounds.</summary>
internal readonly record struct PngHeader(int Width, int Height, byte ColorType)
{
    /// <summary>Bytes to a pixel in the file; a palette index is one.</summary>
    public int PixelBytes => ColorType switch
    {
        PngFormat.GrayAlpha => 2,
        PngFormat.Color => 3,
        PngFormat.ColorAlpha => 4,
        _ => 1,
    };

    public int Stride => Width * PixelBytes;

    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
        {
            throw new InvalidDataException($"PNG: the header has {data.Length} bytes, expected 13.");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        (byte bits, byte colorType, byte compression, byte filter, byte interlace) = (data[8], data[9], data[10], data[11], data[12]);
        if (width is 0 or > PngFormat.LargestSide || height is 0 or > PngFormat.LargestSide)
        {
            throw new InvalidDataException($"PNG: the size is {width}x{height}, expected sides from 1 to {PngFormat.LargestSide}.");
        }

        if (colorType is not (PngFormat.Gray or PngFormat.Color or PngFormat.Palette or PngFormat.GrayAlpha or PngFormat.ColorAlpha))
        {
            throw new InvalidDataException($"PNG: colour type {colorType} does not exist.");
        }

        if (bits != 8)
        {
            throw new InvalidDataException($"PNG: found {bits} bits per sample, only 8 can be read.");
        }

        if (compression != 0 || filter != 0)
        {
            throw new InvalidDataException($"PNG: found compression method {compression} and filter method {filter}, expected 0 and 0.");
        }

        if (interlace != 0)
        {
            throw new InvalidDataException($"PNG: found interlace method {interlace}, only images without interlacing can be read.");
        }

        int largestPixel = colorType == PngFormat.Palette ? 4 : new PngHeader(1, 1, colorType).PixelBytes;
        if ((long)width * height * largestPixel > PngFormat.LargestImage)
        {
            throw new InvalidDataException($"PNG: {width}x{height} pixels of {largestPixel} bytes exceed {PngFormat.LargestImage} bytes.");
        }

        return new PngHeader((int)width, (int)height, colorType);
    }
}
