namespace Pyrite.Ops.Networks;

/// <summary>The windows along one axis that pooling looks at: moved by a stride, or dividing the axis evenly (adaptive).</summary>
internal readonly record struct PoolingWindows(int Size, int Count, int Kernel, int Stride, int Padding, int Dilation, bool IsAdaptive)
{
    /// <summary>Windows moved by a stride over a padded axis; with <paramref name="ceil"/> a last one may hang over the end.</summary>
    public static PoolingWindows Moving(int size, int kernel, int stride, int padding, int dilation, bool ceil)
    {
        if (kernel < 1 || stride < 1 || dilation < 1 || padding < 0 || padding > kernel / 2)
        {
            throw new ArgumentException(
                $"pooling: kernel, stride and dilation must be at least 1 and the padding at most half of the kernel; found kernel {kernel}, "
                    + $"stride {stride}, dilation {dilation}, padding {padding}.");
        }
        int room = size + (2 * padding) - (dilation * (kernel - 1)) - 1;
        int count = room < 0 ? 0 : (room / stride) + 1;
        if (ceil && room >= 0)
        {
            count = ((room + stride - 1) / stride) + 1;
            count -= (count - 1) * stride >= size + padding ? 1 : 0;
        }
        return count > 0
            ? new PoolingWindows(size, count, kernel, stride, padding, dilation, false)
            : throw new ArgumentException(
                $"pooling: a window of {kernel} (dilation {dilation}) does not fit an axis of {size} with padding {padding}.");
    }

    /// <summary>A given number of windows that cover the axis evenly.</summary>
    public static PoolingWindows Adaptive(int size, int count) => count >= 1 && size >= 1
        ? new PoolingWindows(size, count, 0, 0, 0, 1, true)
        : throw new ArgumentException($"pooling: {count} windows of an axis of {size} were asked for; both must be at least 1.");

    /// <summary>The first position of a window; may lie in the padding.</summary>
    public int Start(int window) => IsAdaptive ? (int)((long)window * Size / Count) : (window * Stride) - Padding;

    /// <summary>The position behind the last one of a window; may lie in the padding.</summary>
    public int End(int window) =>
        IsAdaptive ? (int)((((long)(window + 1) * Size) + Count - 1) / Count) : Start(window) + (Dilation * (Kernel - 1)) + 1;
}
