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
        // Words are made only for what is refused: this runs in every solve of a density.
        int bad = FirstNotFinite(tracked[..system.Size]);
        if (bad >= 0)
        {
            throw Refusal($"component {bad} of y0 is {tracked[bad]}; the initial state must be finite.");
        }
        double start = tracked[system.Size];
        if (!double.IsFinite(start))
        {
            throw Refusal($"t0 is {start}; it must be finite.");
        }
        CheckTimes(start, tracked[system.TimesAt..]);
        ReadOnlySpan<double> events = tracked.Slice(system.EventTimesAt, system.EventTimes);
        bad = FirstNotFinite(events);
        if (bad >= 0)
        {
            throw Refusal($"the time of event {bad} is {events[bad]}; it must be finite.");
        }
    }

    private static void CheckTimes(double start, ReadOnlySpan<double> times)
    {
        int bad = FirstNotFinite(times);
        if (bad >= 0)
        {
            throw Refusal($"times[{bad}] is {times[bad]}; times must be finite.");
        }
        int direction = Math.Sign(times[^1] - start);
        double before = start;
        for (int i = 0; i < times.Length; i++)
        {
            if ((times[i] - before) * direction < 0 || (direction == 0 && times[i] != start))
            {
                throw Refusal($"times[{i}] is {times[i]}, {(i == 0 ? "t0" : $"times[{i - 1}]")} is {before}; times must go one way from t0, up or "
                    + "down. Sort them.");
            }
            before = times[i];
        }
    }

    private static int FirstNotFinite(ReadOnlySpan<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.IsFinite(numbers[i]))
            {
                return i;
            }
        }
        return -1;
    }

    private static ArgumentException Refusal(string reason) => new($"Ode.Solve: {reason}");
}
