using Pyrite.Systems;

namespace Pyrite.Runs;

/// <summary>The events whose times are given, in the order in which the solver meets them; those of one time in the order of the list.</summary>
internal sealed class EventSchedule
{
    private readonly (double Time, int Number, int Place)[] planned;
    private int next;
    private int end;

    public EventSchedule(OdeSystem system)
    {
        planned = new (double, int, int)[system.EventTimes];
        int at = 0;
        for (int number = 0; number < system.Events.Length; number++)
        {
            for (int i = 0; i < system.Events[number].Times; i++, at++)
            {
                planned[at] = (0, number, system.EventTimesAt + at);
            }
        }
    }

    /// <summary>Plans a solve.</summary>
    /// <param name="tracked">The first block of numbers.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="stop">Where it ends.</param>
    /// <param name="direction">1 or -1.</param>
    public void Plan(double[] tracked, double start, double stop, int direction)
    {
        for (int i = 0; i < planned.Length; i++)
        {
            planned[i].Time = tracked[planned[i].Place];
        }
        Sort(direction);
        for (next = 0; next < planned.Length && (planned[next].Time - start) * direction < 0; next++)
        {
            // Before the start nothing happens.
        }
        for (end = next; end < planned.Length && (stop - planned[end].Time) * direction > 0; end++)
        {
            // Nor at the end: outputs show the state before an event.
        }
    }

    /// <summary>By time, and in the order of the list at one time. A plan is mostly in order already, and nothing is allocated.</summary>
    private void Sort(int direction)
    {
        for (int i = 1; i < planned.Length; i++)
        {
            (double Time, int Number, int Place) moved = planned[i];
            int place = i;
            for (; place > 0 && IsBehind(planned[place - 1]); place--)
            {
                planned[place] = planned[place - 1];
            }
            planned[place] = moved;

            bool IsBehind((double Time, int Number, int Place) other) => other.Time == moved.Time ? other.Place > moved.Place
                : (other.Time - moved.Time) * direction > 0;
        }
    }

    /// <summary>Where the next step ends at the latest.</summary>
    public double NextStop(double stop) => next < end ? planned[next].Time : stop;

    /// <summary>Takes an event that happens now.</summary>
    /// <param name="time">Now.</param>
    /// <param name="number">Which event.</param>
    /// <param name="place">Where its time stands in the first block.</param>
    public bool TryTake(double time, out int number, out int place)
    {
        (number, place) = (-1, -1);
        if (next >= end || planned[next].Time != time)
        {
            return false;
        }
        (_, number, place) = planned[next++];
        return true;
    }
}
