using System.Runtime.CompilerServices;
using Pyrite.Inference.Fitting;
using Pyrite.Inference.Parameters;
using Pyrite.Inference.Potentials;
using Pyrite.Inference.Telemetry;

namespace Pyrite;

public sealed partial class Svi<T>
{
    private const int ProgressReports = 100;
    private const double SecondsBetweenReports = 0.15;

    /// <summary>Shorter runs are over before their speed matters.</summary>
    private const int StepsWorthANote = 100;

    /// <summary>A share of the time that operations without compiled form must have to be spoken of, as in densities.</summary>
    private const double WorthANote = 1.0 / 3;

    /// <summary>Whether it was looked for sites that could be summed out: it is said once.</summary>
    private bool hasNotedDraws;

    private bool hasNotedDispatch;
    private bool isDispatchAsked;
    private (double Share, IReadOnlyList<string> Names) dispatch;

    /// <summary>Many gradient steps on the same data.</summary>
    /// <param name="data">What model and guide take.</param>
    /// <param name="steps">The most steps to take.</param>
    /// <param name="progress">Is told about a hundred times how far the run is, in long runs several times per second, and once when it ends,
    /// however it ends; the inference may be saved there.</param>
    /// <param name="cancellationToken">Ends the run after the present step; what was learnt stays, and the run can be taken up again.</param>
    /// <param name="stopping">When to end before the last step; never if not given. A run after one that was cancelled, restored or completed goes on
    /// watching, if it has the same settings.</param>
    /// <returns>The losses and why the run ended.</returns>
    /// <exception cref="ModelException">As <see cref="Step(T)"/>.</exception>
    public SviResult Run(T data, int steps, IProgress<SviProgress>? progress = null, CancellationToken cancellationToken = default,
        EarlyStopping? stopping = null) =>
        Run(_ => data, steps, progress, cancellationToken, stopping);

    /// <summary>Many gradient steps, each on data of its own.</summary>
    /// <param name="dataOfStep">The data of a step; steps are counted over all runs, as <see cref="StepCount"/>, so that a resumed run goes
    /// on.</param>
    /// <param name="steps">The most steps to take.</param>
    /// <param name="progress">Is told about a hundred times how far the run is, in long runs several times per second, and once when it ends,
    /// however it ends; the inference may be saved there.</param>
    /// <param name="cancellationToken">Ends the run after the present step; what was learnt stays, and the run can be taken up again.</param>
    /// <param name="stopping">When to end before the last step; never if not given. A run after one that was cancelled, restored or completed goes on
    /// watching, if it has the same settings.</param>
    /// <returns>The losses and why the run ended.</returns>
    /// <exception cref="ModelException">As <see cref="Step(T)"/>.</exception>
    public SviResult Run(Func<long, T> dataOfStep, int steps, IProgress<SviProgress>? progress = null, CancellationToken cancellationToken = default,
        EarlyStopping? stopping = null)
    {
        ArgumentNullException.ThrowIfNull(dataOfStep);
        return Run(step =>
        {
            T data = dataOfStep(step);
            return (Step(data), data);
        }, steps, progress, cancellationToken, stopping);
    }

    /// <summary>Many gradient steps on data that are cut into shards, of which each process has its own.</summary>
    /// <param name="dataOfStep">The data of a step's shards here; steps are counted over all runs, as <see cref="StepCount"/>.</param>
    /// <param name="steps">The most steps to take; the same on all processes.</param>
    /// <param name="progress">As in runs on whole data; on each process that has one.</param>
    /// <param name="cancellationToken">Ends the runs of all processes after the same step, the one after the present where there are
    /// several.</param>
    /// <param name="stopping">When to end before the last step; the same on all processes.</param>
    /// <returns>The losses and why the run ended.</returns>
    /// <exception cref="ModelException">As <see cref="Step(Sharded{T})"/>.</exception>
    [OverloadResolutionPriority(-1)]
    public SviResult Run(Func<long, Sharded<T>> dataOfStep, int steps, IProgress<SviProgress>? progress = null,
        CancellationToken cancellationToken = default, EarlyStopping? stopping = null)
    {
        ArgumentNullException.ThrowIfNull(dataOfStep);
        return Run(step =>
        {
            Sharded<T> data = dataOfStep(step);
            return (Step(data), data[data.Count - 1]);
        }, steps, progress, cancellationToken, stopping);
    }

    private SviResult Run(Func<long, (double Loss, T Data)> take, int steps, IProgress<SviProgress>? progress, CancellationToken cancellationToken,
        EarlyStopping? stopping)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        using ThreadClaim.Scope own = claim.Enter(nameof(Run), runsModel: false);
        watch = stopping is null ? null : watch is { } earlier && earlier.State.Stopping == stopping ? earlier : new PlateauWatch(stopping);
        ledger = new GradientLedger();
        List<double> losses = new(Math.Min(steps, 1 << 16));
        try
        {
            SviResult result =
                SviActivity.Around(Objective, Seed, steps, () => TakeSteps(take, steps, losses, progress, cancellationToken));
            progress?.Report(ProgressOf(losses, steps) with { IsEnd = true, StopReason = result.StopReason });
            return result;
        }
        catch
        {
            progress?.Report(ProgressOf(losses, steps) with { IsEnd = true });
            throw;
        }
        finally
        {
            ledger = null;
        }
    }

    private SviResult TakeSteps(Func<long, (double Loss, T Data)> take, int steps, List<double> losses, IProgress<SviProgress>? progress,
        CancellationToken cancellationToken)
    {
        SviStopReason reason = SviStopReason.Completed;
        long skippedBefore = SkippedCount;
        int stride = Math.Max(1, steps / ProgressReports);
        T? last = default;
        long told = progress is null ? 0 : Signals.Now;
        while (losses.Count < steps && reason == SviStopReason.Completed)
        {
            if (ShallStop(cancellationToken))
            {
                reason = SviStopReason.Cancelled;
                break;
            }
            isDispatchAsked = !hasNotedDispatch && losses.Count == StepsWorthANote - 1;
            (double loss, last) = take(StepCount);
            losses.Add(loss);
            reason = watch?.Ends(losses[^1]) == true ? SviStopReason.Plateau : reason;
            if (progress is not null && losses.Count < steps && reason == SviStopReason.Completed
                && (losses.Count % stride == 0 || Signals.SecondsSince(told) > SecondsBetweenReports))
            {
                progress.Report(ProgressOf(losses, steps));
                told = Signals.Now;
            }
        }
        watch = reason == SviStopReason.Plateau ? null : watch;
        return new SviResult(losses, reason, SkippedCount - skippedBefore, ledger!.Unreached(Parameters)) { Notes = NotesOf(losses.Count, last) };
    }

    /// <summary>Whether the run was cancelled; all processes that share its steps say the same at the same step.</summary>
    private bool ShallStop(CancellationToken cancellationToken)
    {
        if (Sharding is not { Group: { Size: > 1 } group })
        {
            return cancellationToken.IsCancellationRequested || Sharding?.Group.IsStopAgreed == true;
        }
        if (cancellationToken.IsCancellationRequested)
        {
            group.RequestStop();
        }
        return group.IsStopAgreed;
    }

    private static SviProgress ProgressOf(List<double> losses, int steps) => new(losses.Count, steps, losses.Count == 0 ? double.NaN : losses[^1]);

    /// <summary>Remembers how the present step ran, for the notes of the run.</summary>
    private void LookAtPrograms()
    {
        programs = StepScope.Programs;
        if (isDispatchAsked)
        {
            (dispatch, isDispatchAsked) = (StepScope.RunningPlan?.Dispatch ?? (0, []), false);
        }
    }

    /// <summary>What the run has to say: a value that the model reads cuts every step into several programs; small operations have no compiled
    /// form; a site is drawn that could be summed out.</summary>
    private IReadOnlyList<string> NotesOf(int steps, T? data)
    {
        if (steps < StepsWorthANote)
        {
            return [];
        }
        List<string> notes = [];
        if (programs > 1 && Describe(data!) is { Segments.Count: > 1 } plan)
        {
            string[] lines = [.. plan.Segments.SkipLast(1).Select(segment => segment.EndsAt).OfType<string>().Distinct()];
            if (lines.Length > 0)
            {
                notes.Add($"Every step reads a value before its end, at {string.Join("; ", lines)}, so it runs as {plan.Segments.Count} programs in "
                    + "the place of one, which is right but slower. Keep values in tensors (Tensor.Where for a choice); Inspect.Plan shows what a "
                    + "step does.");
            }
        }
        if (!hasNotedDispatch && dispatch.Share > WorthANote)
        {
            hasNotedDispatch = true;
            notes.Add(SpeedNotes.Kernels("step", dispatch.Share, dispatch.Names));
        }
        if (!hasNotedDraws && (Objective is TraceElbo or TraceGraphElbo))
        {
            hasNotedDraws = true;
            if (runs.Step.Runs is [{ } run, ..] && SummableSites.NoteOf(run, () => runs.Model(data!)) is { } note)
            {
                notes.Add(note);
            }
        }
        return notes;
    }
}
