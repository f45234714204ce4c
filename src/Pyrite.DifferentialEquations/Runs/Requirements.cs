using Pyrite.Systems;

namespace Pyrite.Runs;

/// <summary>What the numbers of a solve must fulfil before the first step.</summary>
internal static class Requirements
{
    /// <summary>Checks the numbers.</summary>
    /// <param name="system">The equation.</param>
    /// <param name="tracked">The first block of numbers.</param>
    /// <exception cref="ArgumentException">They are not finite, or times are out of order.</exception>
    public static void Check(OdeSystem system, ReadOnlySpan<double> tracked)
    {
        for (int i = 0; i < system.Size; i++)
        {
            Require(double.IsFinite(tracked[i]), $"component {i} of y0 is {tracked[i]}; the initial state must be finite.");
        }
        double start = tracked[system.Size];
        Require(double.IsFinite(start), $"t0 is {start}; it must be finite.");
        ReadOnlySpan<double> times = tracked[system.TimesAt..];
        for (int i = 0; i < times.Length; i++)
        {
            Require(double.IsFinite(times[i]), $"times[{i}] is {times[i]}; times must be finite.");
        }
        int direction = Math.Sign(times[^1] - start);
        for (int i = 0; i < times.Length; i++)
        {
            double before = i == 0 ? start : times[i - 1];
            Require((times[i] - before) * direction >= 0 && (direction != 0 || times[i] == start),
                $"times[{i}] is {times[i]}, {(i == 0 ? "t0" : $"times[{i - 1}]")} is {before}; times must go one way from t0, up or down. "
                    + "Sort them.");
        }
        ReadOnlySpan<double> events = tracked.Slice(system.EventTimesAt, system.EventTimes);
        for (int i = 0; i < events.Length; i++)
        {
            Require(double.IsFinite(events[i]), $"the time of event {i} is {events[i]}; it must be finite.");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"Ode.Solve: {otherwise}");
        }
    }
}
