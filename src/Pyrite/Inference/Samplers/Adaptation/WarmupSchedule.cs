using Pyrite.Inference.Samplers.Adaptation;

namespace Pyrite;

/// <summary>How warm-up is divided into windows: which of its transitions estimate the metric, and when a new metric is taken.</summary>
/// <remarks>Derive from it for a schedule of your own; override <c>ToString</c> where it has settings.</remarks>
public abstract class WarmupSchedule
{
    /// <summary>Stan's: a fast stretch for the step size, windows of growing length for the metric, a last fast stretch; see
    /// <see cref="WarmupWindows"/>.</summary>
    public static WarmupSchedule Windows { get; } = new WindowedWarmup();

    /// <summary>The windows, each from its first to its last transition.</summary>
    /// <remarks>Together they are all transitions of warm-up in their order. Of three or more, those between the first and the last one estimate the
    /// metric, which is taken at the end of each; of fewer, none does.</remarks>
    /// <param name="warmup">Transitions of warm-up; not negative.</param>
    public abstract IReadOnlyList<(int First, int Last)> Divide(int warmup);

    /// <summary>The windows, looked at.</summary>
    /// <exception cref="InvalidOperationException">They are not all transitions in their order.</exception>
    internal IReadOnlyList<(int First, int Last)> Checked(int warmup)
    {
        IReadOnlyList<(int First, int Last)> windows = Divide(warmup);
        int next = 0;
        foreach ((int first, int last) in windows)
        {
            next = first == next && last >= first - 1 ? last + 1 : -1;
        }
        return next == warmup
            ? windows
            : throw new InvalidOperationException(
                $"{this} divides {warmup} transitions of warm-up into windows {string.Join(", ", windows.Select(one => $"{one.First}-{one.Last}"))}; "
                    + $"they must follow each other from 0 to {warmup - 1}.");
    }
}
