namespace Pyrite;

/// <summary>How warm-up is divided: a fast stretch for the step size, windows of growing length for the metric, a last fast stretch.</summary>
/// <remarks>Stan's schedule: 75 transitions, windows of 25, 50, 100, … with the last one extended, 50 transitions; scaled to 15 %, 75 % and 10 %
/// below 150.</remarks>
public static class WarmupWindows
{
    private const int Shortest = 20;
    private const int FirstLength = 75;
    private const int WindowLength = 25;
    private const int LastLength = 50;

    /// <summary>The windows, each from its first to its last transition; of three or more, those between the first and the last one estimate the
    /// metric.</summary>
    /// <param name="warmup">Transitions of warm-up; below 20 there is one window, which estimates no metric.</param>
    public static IReadOnlyList<(int First, int Last)> Of(int warmup)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmup);
        if (warmup < Shortest)
        {
            return warmup == 0 ? [] : [(0, warmup - 1)];
        }
        (int first, int size, int last) = (FirstLength, WindowLength, LastLength);
        if (first + size + last > warmup)
        {
            first = (int)(0.15 * warmup);
            last = (int)(0.1 * warmup);
            size = warmup - first - last;
        }
        List<(int, int)> windows = [(0, first - 1)];
        int start = first, end = warmup - last;
        while (start < end)
        {
            // A window that would leave too little for one of twice its length takes the rest.
            size = start + (3 * size) > end ? end - start : size;
            windows.Add((start, start + size - 1));
            start += size;
            size *= 2;
        }
        windows.Add((end, warmup - 1));
        return windows;
    }
}
