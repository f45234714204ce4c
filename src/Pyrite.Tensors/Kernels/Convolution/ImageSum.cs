using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Convolution;

/// <summary>The sum of one channels-last image over its pixels, in an order fixed by its sizes.</summary>
internal static unsafe class ImageSum
{
    /// <summary>Numbers of channels that are multiples of this are summed row by row, so that rows may lie apart.</summary>
    public const int ChannelBlock = 16;

    private const int Columns = 4;

    /// <summary>result[channel] = Σ image[row, column, channel]; only images of whole channel blocks may have a margin.</summary>
    public static void Run<T>(in ImageLayout frame, T* image, T* result)
        where T : unmanaged
    {
        if (frame.Channels % ChannelBlock != 0)
        {
            ColumnSum.Run((nint)frame.Height * frame.Width, frame.Channels, image, result);
            return;
        }
        for (int channel = 0; channel < frame.Channels; channel += Vector512<T>.Count)
        {
            Block(frame, image + frame.Origin + channel, result + channel);
        }
    }

    // Four sums, of the columns by their remainder, hide the latency of an addition.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<T>(in ImageLayout frame, T* image, T* result)
        where T : unmanaged
    {
        Vector512<T> a = Vector512<T>.Zero;
        Vector512<T> b = Vector512<T>.Zero;
        Vector512<T> c = Vector512<T>.Zero;
        Vector512<T> d = Vector512<T>.Zero;
        nint step = frame.Channels;
        nint pitch = frame.Pitch;
        int width = frame.Width;
        for (int row = 0; row < frame.Height; row++, image += pitch)
        {
            T* pixel = image;
            int column = 0;
            for (; column <= width - Columns; column += Columns, pixel += Columns * step)
            {
                a += Vector512.Load(pixel);
                b += Vector512.Load(pixel + step);
                c += Vector512.Load(pixel + (2 * step));
                d += Vector512.Load(pixel + (3 * step));
            }
            for (; column < width; column++, pixel += step)
            {
                a += Vector512.Load(pixel);
            }
        }
        (a + b + (c + d)).Store(result);
    }
}
