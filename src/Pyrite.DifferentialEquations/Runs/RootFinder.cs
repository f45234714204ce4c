using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Runs;

/// <summary>Looks for crossings of zero inside a step that has been tried, and ends the step there.</summary>
/// <remarks>Signs are looked at in quarters of a step: two crossings nearer to each other than that are not seen. Behind an event its own function
/// counts from a thousandth of the next step on, so that it does not happen again at once.</remarks>
internal sealed class RootFinder(OdeSystem system, SystemRoom room, Stepper stepper)
{
    private const int Parts = 4, MostTrials = 100, Refinements = 3;
    private const double Nudge = 1e-3;

    private readonly double[] state = new double[system.Size];
    private readonly double[] value = new double[1];
    private readonly bool[] hasFired = new bool[system.Events.Length];

    /// <summary>Begins a run.</summary>
    public void Restart() => Array.Clear(hasFired);

    /// <summary>An event has happened at the end of the last step.</summary>
    public void Fired(int number) => hasFired[number] = true;

    /// <summary>Finds the first crossing in the step that was tried; the step ends there afterwards.</summary>
    /// <returns>Which event; -1 for none.</returns>
    public int Find()
    {
        int found = -1;
        double first = 2;
        for (int number = 0; number < hasFired.Length; number++)
        {
            if (room.Roots[number] is { } root && FirstCrossing(root, system.Events[number].Crossing, hasFired[number]) is { } theta && theta < first)
            {
                (found, first) = (number, theta);
            }
        }
        Array.Clear(hasFired);
        if (found >= 0 && first < 1)
        {
            End(room.Roots[found]!, first);
        }
        return found;
    }

    private double? FirstCrossing(ClosureRoom root, OdeCrossing crossing, bool hasJustFired)
    {
        double last = hasJustFired ? Nudge : 0, before = ValueAt(root, last);
        for (int part = 1; part <= Parts; part++)
        {
            double theta = (double)part / Parts, after = ValueAt(root, theta);
            bool isRising = before < 0 && after >= 0 && crossing != OdeCrossing.Falling;
            bool isFalling = before > 0 && after <= 0 && crossing != OdeCrossing.Rising;
            if (isRising || isFalling)
            {
                return Locate(root, last, before, theta, after);
            }
            (last, before) = (theta, after);
        }
        return null;
    }

    /// <summary>The method of false position after Illinois, with bisection where it stalls.</summary>
    private double Locate(ClosureRoom root, double low, double lowValue, double high, double highValue)
    {
        for (int trial = 0; trial < MostTrials && high - low > 1e-14 && highValue != 0; trial++)
        {
            double middle = trial % 3 == 2 ? (low + high) / 2 : low + ((high - low) * lowValue / (lowValue - highValue));
            middle = double.IsFinite(middle) ? Math.Clamp(middle, low, high) : (low + high) / 2;
            double found = ValueAt(root, middle);
            if (found == 0 || (found > 0) == (highValue > 0))
            {
                (high, highValue) = (middle, found);
                lowValue /= 2;
            }
            else
            {
                (low, lowValue) = (middle, found);
                highValue /= 2;
            }
        }
        return high;
    }

    /// <summary>Steps to the crossing itself, not to where the values inside the longer step would have it.</summary>
    private void End(ClosureRoom root, double theta)
    {
        double whole = stepper.Scheme.Length, length = theta * whole;
        double rate = (ValueAt(root, Math.Min(1, theta + 1e-4)) - ValueAt(root, Math.Max(0, theta - 1e-4)))
            / ((Math.Min(1, theta + 1e-4) - Math.Max(0, theta - 1e-4)) * whole);
        double best = length;
        for (int i = 0; i < Refinements && rate != 0 && stepper.Shorten(length); i++)
        {
            best = length;
            double correction = ValueOf(root, stepper.End, stepper.Scheme.After) / rate;
            double size = Math.Abs(correction);
            if (!double.IsFinite(correction) || size <= 1e-15 * Math.Abs(stepper.End) || size > 0.01 * Math.Abs(whole))
            {
                break;
            }
            length -= correction;
        }
        stepper.Shorten(best);
    }

    private double ValueAt(ClosureRoom root, double theta)
    {
        Scheme scheme = stepper.Scheme;
        if (theta == 0)
        {
            return ValueOf(root, stepper.Time, scheme.Before);
        }
        if (theta == 1)
        {
            return ValueOf(root, stepper.End, scheme.After);
        }
        scheme.Interpolate(theta, state);
        return ValueOf(root, stepper.Time + (theta * scheme.Length), state);
    }

    private double ValueOf(ClosureRoom root, double time, double[] y)
    {
        root.Value(time, y, value);
        return value[0];
    }
}
