using Pyrite.Runs;
using Pyrite.Systems;

namespace Pyrite.Gradients;

/// <summary>Goes back through a run: outputs, steps and events in reverse.</summary>
internal sealed class RunBack
{
    private readonly OdeSystem system;
    private readonly OdeRun run;
    private readonly StepBack steps;
    private readonly EventBack events;
    private readonly double[] adjoint;
    private readonly double[] slope;

    /// <param name="system">The equation.</param>
    /// <param name="run">The run.</param>
    /// <param name="steps">How steps are gone back through.</param>
    public RunBack(OdeSystem system, OdeRun run, StepBack steps)
    {
        (this.system, this.run, this.steps) = (system, run, steps);
        events = new EventBack(system, run.Room);
        adjoint = new double[system.Size];
        slope = new double[system.Size];
    }

    /// <summary>The gradients for the first block of numbers.</summary>
    /// <param name="tracked">The first block.</param>
    /// <param name="outputs">The outputs of the run.</param>
    /// <param name="upstream">Their gradients.</param>
    /// <param name="endUpstream">The gradient for the time at which an event ended the run.</param>
    /// <param name="gradients">Takes the gradients; zeros before.</param>
    public void Run(ReadOnlySpan<double> tracked, ReadOnlySpan<double> outputs, ReadOnlySpan<double> upstream, double endUpstream,
        Span<double> gradients)
    {
        int n = system.Size;
        List<RunEntry> entries = run.Record.Entries;
        Array.Clear(adjoint);
        steps.Restart();
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            RunEntry entry = entries[i];
            switch (entry.Kind)
            {
                case EntryKind.Step:
                    steps.GoBack(entry, adjoint, gradients);
                    break;
                case EntryKind.Event:
                    steps.Finish(adjoint, gradients);
                    events.GoBack(entry, run.Record.Numbers(entry, 2 * n), adjoint, endUpstream, gradients);
                    break;
                case EntryKind.OutputOfEnd:
                    // Nothing moves there, so the time of the output does not matter.
                    StepBack.AddTo(adjoint, 1, upstream.Slice(entry.Index * n, n));
                    break;
                default:
                    ReadOnlySpan<double> weights = upstream.Slice(entry.Index * n, n);
                    if (weights.ContainsAnyExcept(0.0))
                    {
                        run.Room.Slope(entry.Time, outputs.Slice(entry.Index * n, n), slope);
                        gradients[system.TimesAt + entry.Index] += Dot(weights, slope);
                        AddOutput(entries, i, weights, gradients);
                    }
                    break;
            }
        }
        steps.Finish(adjoint, gradients);
        run.Room.Slope(tracked[n], tracked[..n], slope);
        adjoint.CopyTo(gradients);
        gradients[n] -= Dot(adjoint, slope);
    }

    private void AddOutput(List<RunEntry> entries, int place, ReadOnlySpan<double> weights, Span<double> gradients)
    {
        RunEntry output = entries[place];
        if (output.Kind == EntryKind.OutputOfState)
        {
            // All outputs at the start stand before the first step and before all events.
            steps.Finish(adjoint, gradients);
            for (int i = 0; i < weights.Length; i++)
            {
                adjoint[i] += weights[i];
            }
            return;
        }
        int step = place;
        while (entries[step].Kind != EntryKind.Step)
        {
            step--;
        }
        if (output.Length == 1)
        {
            // The state behind the step itself.
            for (int i = 0; i < weights.Length; i++)
            {
                adjoint[i] += weights[i];
            }
            return;
        }
        steps.AddOutput(entries[step], output.Length, weights);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
