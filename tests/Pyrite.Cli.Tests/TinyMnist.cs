using System.Buffers.Binary;

namespace Pyrite.Cli.Tests;

/// <summary>The four IDX files of MNIST with a handful of made-up digits: a bar whose place depends on the label.</summary>
internal static class TinyMnist
{
    public const int TrainCount = 40;
    public const int TestCount = 20;

    private const int Side = 28;

    public static void Write(string folder)
    {
        WriteSplit(folder, "train", TrainCount);
        WriteSplit(folder, "t10k", TestCount);
    }

    private static void WriteSplit(string folder, string prefix, int count)
    {
        byte[] labels = [.. Enumerable.Range(0, count).Select(index => (byte)(index % 10))];
        byte[] pixels = new byte[count * Side * Side];
        for (int image = 0; image < count; image++)
        {
            for (int row = 4; row < 24; row++)
            {
                pixels.AsSpan((((image * Side) + row) * Side) + 3 + (2 * labels[image]), 3).Fill((byte)(255 - (4 * row)));
            }
        }

        WriteIdx(Path.Combine(folder, $"{prefix}-images-idx3-ubyte"), [count, Side, Side], pixels);
        WriteIdx(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), [count], labels);
    }

    private static void WriteIdx(string path, int[] sizes, byte[] content)
    {
        byte[] header = new byte[4 + (4 * sizes.Length)];
        header[2] = 8;
        header[3] = (byte)sizes.Length;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * axis)), sizes[axis]);
        }

        File.WriteAllBytes(path, [.. header, .. content]);
    }
}
