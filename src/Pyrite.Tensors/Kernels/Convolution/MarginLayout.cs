using System.Runtime.InteropServices;
using Pyrite.Kernels.Copies;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Memory;

namespace Pyrite.Kernels.Convolution;

/// <summary>Brings row-major images into channels-last order inside a margin, and zeroes them where a mask is not positive.</summary>
internal static unsafe class MarginLayout
{
    /// <summary>Converts images.</summary>
    /// <param name="type">Float32 or Float64.</param>
    /// <param name="source">Row-major images [n, channels, height, width].</param>
    /// <param name="mask">Channels-last images without a margin, or empty.</param>
    /// <param name="result">Where the channels-last images go; their margin is left alone.</param>
    /// <param name="frame">How an image of the result lies in memory.</param>
    /// <param name="count">How many images.</param>
    public static void Run(DType type, ReadOnlySpan<byte> source, ReadOnlySpan<byte> mask, Span<byte> result, in ImageLayout frame, int count)
    {
        if (type == DType.Float32)
        {
            Run<float>(source, mask, result, frame, count);
        }
        else
        {
            Run<double>(source, mask, result, frame, count);
        }
    }

    private static void Run<T>(ReadOnlySpan<byte> source, ReadOnlySpan<byte> mask, Span<byte> result, in ImageLayout frame, int count)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        int row = frame.Width * frame.Channels;
        int image = frame.Height * row;
        using Scratch<T> near = Scratch<T>.Rent(image);
        using Scratch<T> turned = Scratch<T>.Rent(image);
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(source);
        fixed (byte* target = result, zeros = mask)
        {
            T* to = (T*)target, gate = (T*)zeros;
            for (int i = 0; i < count; i++)
            {
                // Images often come from far memory: they are fetched in order first, because blocks defeat the prefetcher.
                from.Slice(i * image, image).CopyTo(new Span<T>(near.Pointer, image));
                BlockTranspose.Run(frame.Channels, frame.Height * frame.Width, near.Pointer, frame.Height * frame.Width, turned.Pointer,
                    frame.Channels);
                T* first = to + (i * frame.Image) + frame.Origin;
                for (int y = 0; y < frame.Height; y++)
                {
                    ReadOnlySpan<T> values = new(turned.Pointer + (y * row), row);
                    Span<T> place = new(first + (y * frame.Pitch), row);
                    if (gate == null)
                    {
                        values.CopyTo(place);
                    }
                    else
                    {
                        MaskedCopy.Apply<MaskedCopy.WherePositive, T>(values, new ReadOnlySpan<T>(gate + ((nint)i * image) + (y * row), row), place);
                    }
                }
            }
        }
    }
}
