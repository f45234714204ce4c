using System.Buffers.Binary;
using SkiaSharp;

namespace Pyrite.Data.Images.Tests;

/// <summary>Image files that the tests make, in a folder that goes with them.</summary>
public sealed class Pictures : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("pyrite-images-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes a picture whose pixels are a function of row and column.</summary>
    public string Write(string name, int rows, int columns, Func<int, int, SKColor> colour)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encode(FormatOf(name), rows, columns, colour));
        return path;
    }

    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public static byte[] Encode(SKEncodedImageFormat format, int rows, int columns, Func<int, int, SKColor> colour)
    {
        using SKBitmap bitmap = new(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                bitmap.SetPixel(column, row, colour(row, column));
            }
        }
        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>Different in every pixel and channel.</summary>
    public static SKColor Mixed(int row, int column) => new((byte)(37 * row), (byte)(29 * column), (byte)((row * column) + 60));

    public static SKColor Grey(int row, int column)
    {
        byte level = (byte)((16 * row) + column);
        return new SKColor(level, level, level);
    }

    /// <summary>A PNG that announces another size, with the right sum (PNG specification, 5.3 and 11.2.1).</summary>
    public static byte[] Announcing(byte[] png, int width, int height)
    {
        byte[] changed = [.. png];
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(20), height);
        uint sum = uint.MaxValue;
        foreach (byte one in changed.AsSpan(12, 17))
        {
            sum ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }
        }
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(29), ~sum);
        return changed;
    }

    /// <summary>A JPEG that says how its camera was held (Exif 2.3).</summary>
    public static byte[] Turned(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    private static SKEncodedImageFormat FormatOf(string name) => Path.GetExtension(name) switch
    {
        ".png" => SKEncodedImageFormat.Png,
        ".webp" => SKEncodedImageFormat.Webp,
        _ => SKEncodedImageFormat.Jpeg,
    };
}
