using Pyrite.Checks;

namespace Pyrite.Diffusions;

/// <summary>Times of a path, which must increase.</summary>
internal static class TimePoints
{
    /// <summary>The stretches between times [n]: [n - 1].</summary>
    public static Tensor Stretches(Tensor times, string owner)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Rank != 1 || times.Shape[0] < 1)
        {
            throw new ArgumentException($"{owner}: times are a vector [n] with at least one time; found shape {times.Shape}.", nameof(times));
        }
        int count = times.Shape[0];
        Tensor stretches = times.Slice(0, 1, count - 1) - times.Slice(0, 0, count - 1);
        if (count > 1)
        {
            RefusedCheck.Require(stretches.AllWithin(new NumberRange(0, double.PositiveInfinity, LowOpen: true, HighOpen: true)), stretches,
                value => $"{owner}: times must increase from one to the next; found stretches of {value}. Sort them, and merge equal ones.");
        }
        return stretches;
    }
}
