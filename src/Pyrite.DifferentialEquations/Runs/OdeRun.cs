using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Runs;

/// <summary>Solves a system: steps from event to event, outputs in between, and everything written down for the gradient.</summary>
internal sealed class OdeRun
{
    private readonly OdeSystem system;
    private readonly Stepper stepper;
    private readonly EventSchedule schedule;
    private readonly RootFinder? roots;
    private double[] tracked = [];
    private double[] others = [];
    private double[] outcome = [];
    private bool isKnown;

    public OdeRun(OdeSystem system, StepSettings settings)
    {
        this.system = system;
        Settings = settings;
        Room = new SystemRoom(system);
        stepper = new Stepper(settings.For(Room), settings);
        schedule = new EventSchedule(system);
        roots = Array.Exists(system.Events, e => e.Root is not null) ? new RootFinder(system, Room, stepper) : null;
        State = new double[system.Size];
    }

    /// <summary>What the solver was told.</summary>
    public StepSettings Settings { get; }

    /// <summary>The functions, with the numbers of the last solve.</summary>
    public SystemRoom Room { get; }

    /// <summary>What happened in the last solve.</summary>
    public RunRecord Record { get; } = new();

    /// <summary>The method.</summary>
    public Scheme Scheme => stepper.Scheme;

    /// <summary>Room for one state.</summary>
    private double[] State { get; }

    /// <summary>Solves, unless the last solve was of the same numbers.</summary>
    /// <param name="trackedBlock">The first block of numbers.</param>
    /// <param name="otherBlock">The second one.</param>
    /// <param name="times">How many outputs there are.</param>
    /// <returns>The outputs, and then how it went; see <see cref="RunReport"/>.</returns>
    public ReadOnlySpan<double> Solve(ReadOnlySpan<double> trackedBlock, ReadOnlySpan<double> otherBlock, int times)
    {
        if (isKnown && trackedBlock.SequenceEqual(tracked) && otherBlock.SequenceEqual(others))
        {
            return outcome;
        }
        isKnown = false;
        Keep(ref tracked, trackedBlock);
        Keep(ref others, otherBlock);
        if (outcome.Length != (times * system.Size) + RunReport.Count)
        {
            outcome = new double[(times * system.Size) + RunReport.Count];
        }
        Room.Load(tracked, others);
        Record.Clear();
        stepper.Reset();
        others.AsSpan(0, system.Size).CopyTo(stepper.Absolute);
        Span<double> outputs = outcome.AsSpan(0, times * system.Size), report = outcome.AsSpan(times * system.Size);
        outputs.Fill(double.NaN);
        Requirements.Check(system, tracked);
        int events = 0;
        OdeStatus status = Walk(tracked.AsSpan(system.TimesAt), outputs, ref events);
        report[RunReport.Status] = (double)status;
        report[RunReport.Time] = stepper.Time;
        report[RunReport.Size] = Largest(stepper.Scheme.Before);
        report[RunReport.Steps] = stepper.Accepted;
        report[RunReport.Rejected] = stepper.Rejected;
        report[RunReport.Slopes] = stepper.Scheme.Slopes;
        report[RunReport.Jacobians] = stepper.Scheme.Jacobians;
        report[RunReport.Events] = events;
        isKnown = true;
        return outcome;
    }

    private OdeStatus Walk(ReadOnlySpan<double> times, Span<double> outputs, ref int events)
    {
        double[] state = stepper.Scheme.Before;
        tracked.AsSpan(0, system.Size).CopyTo(state);
        double start = tracked[system.Size], end = times[^1];
        int output = 0, direction = Math.Sign(end - start);
        for (; output < times.Length && times[output] == start; output++)
        {
            state.CopyTo(outputs[(output * system.Size)..]);
            Record.Add(EntryKind.OutputOfState, output, start, 0, [], []);
        }
        if (output == times.Length)
        {
            return OdeStatus.Solved;
        }
        schedule.Plan(tracked, start, end, direction);
        double time = start;
        bool isFresh = true;
        roots?.Restart();
        while (output < times.Length)
        {
            // What happens now, then a step that ends no later than what happens next.
            while (schedule.TryTake(time, out int number, out int place))
            {
                events++;
                isFresh = true;
                if (!Jump(number, time, place))
                {
                    return OdeStatus.NotFinite;
                }
            }
            if (isFresh && !stepper.Start(time, end))
            {
                return OdeStatus.NotFinite;
            }
            isFresh = false;
            OdeStatus status = stepper.Try(schedule.NextStop(end));
            if (status != OdeStatus.Solved)
            {
                return status;
            }
            int root = roots?.Find() ?? -1;
            Record.Add(EntryKind.Step, stepper.Accepted, time, stepper.Scheme.Length, state, stepper.Scheme.Stages);
            double length = stepper.Scheme.Length;
            for (; output < times.Length && (stepper.End - times[output]) * direction >= 0; output++)
            {
                bool isEnd = times[output] == stepper.End;
                double theta = isEnd ? 1 : (times[output] - time) / length;
                Span<double> target = outputs.Slice(output * system.Size, system.Size);
                if (isEnd)
                {
                    stepper.Scheme.After.CopyTo(target);
                }
                else
                {
                    stepper.Scheme.Interpolate(theta, target);
                }
                Record.Add(EntryKind.Output, output, times[output], theta, [], []);
            }
            stepper.Accept();
            time = stepper.Time;
            if (root >= 0 && output < times.Length)
            {
                events++;
                isFresh = true;
                roots!.Fired(root);
                if (!Jump(root, time, -1))
                {
                    return OdeStatus.NotFinite;
                }
                if (system.Events[root].IsEnd)
                {
                    Stay(output, times, outputs);
                    return OdeStatus.EndedByEvent;
                }
            }
        }
        return OdeStatus.Solved;
    }

    /// <summary>Outputs behind the end show the state there.</summary>
    private void Stay(int output, ReadOnlySpan<double> times, Span<double> outputs)
    {
        for (; output < times.Length; output++)
        {
            stepper.Scheme.Before.CopyTo(outputs[(output * system.Size)..]);
            Record.Add(EntryKind.OutputOfEnd, output, times[output], 0, [], []);
        }
    }

    private bool Jump(int number, double time, int place)
    {
        double[] state = stepper.Scheme.Before;
        Room.Jumps[number].Value(time, state, State);
        Record.Add(EntryKind.Event, number, time, place, state, State);
        State.CopyTo(state, 0);
        return Array.TrueForAll(State, double.IsFinite);
    }

    private static void Keep(ref double[] kept, ReadOnlySpan<double> numbers)
    {
        if (kept.Length != numbers.Length)
        {
            kept = new double[numbers.Length];
        }
        numbers.CopyTo(kept);
    }

    private static double Largest(double[] state)
    {
        double largest = 0;
        foreach (double value in state)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }
        return largest;
    }
}
