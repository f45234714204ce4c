using Pyrite.Displays;
using Spectre.Console;

namespace Pyrite;

/// <summary>Shows in the terminal how far runs and loops over data are.</summary>
/// <remarks>
/// <c>svi.Run(data, 2_000, new TerminalProgress())</c>, <c>Mcmc.Run(model, progress: new TerminalProgress())</c>,
/// <c>foreach (Batch batch in new TerminalProgress().Over(loader))</c>. A run ends with one line that says what happened. What the program itself
/// prints with <see cref="Console"/> meanwhile appears above the bars. The cursor is never hidden, and stands below the bars, so a program that is
/// ended by Ctrl+C or by an exception leaves the terminal as it was. <c>NO_COLOR</c> turns colours off. Where the output can no longer be written,
/// the run goes on without. Several runs can follow each other, not overlap. Safe to use from several threads.
/// </remarks>
public sealed class TerminalProgress : IProgress<SviProgress>, IProgress<McmcProgress>
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly TextWriter? notes;
    private readonly IDisplay display;
    private RunStatus? run;

    /// <summary>Chooses the way; nothing is shown yet.</summary>
    /// <param name="style">How to show it.</param>
    /// <param name="output">Where to; the standard output if not given. <see cref="Console.Error"/> keeps progress out of what a program
    /// prints.</param>
    /// <param name="notes">Where <see cref="McmcProgress.Note"/> goes, what a run has to say of its speed; to the output if not given.</param>
    public TerminalProgress(ProgressStyle style = ProgressStyle.Automatic, TextWriter? output = null, TextWriter? notes = null)
        : this(style, output, notes, TimeProvider.System, console: null)
    {
    }

    internal TerminalProgress(ProgressStyle style, TextWriter? output, TextWriter? notes, TimeProvider time, IAnsiConsole? console)
    {
        this.time = time;
        this.notes = notes;
        Style = StyleChoice.Of(style, output);
        display = Style switch
        {
            ProgressStyle.Live => new RegionDisplay(new LiveRegion(output ?? Console.Out, console), time),
            ProgressStyle.Plain => new PlainDisplay(output ?? Console.Out, time),
            _ => NoDisplay.Only,
        };
    }

    /// <summary>How progress is shown; never <see cref="ProgressStyle.Automatic"/>, which has been decided.</summary>
    public ProgressStyle Style { get; }

    /// <summary>Shows how far variational inference is.</summary>
    /// <param name="value">A report of <c>Svi.Run</c>.</param>
    public void Report(SviProgress value)
    {
        lock (gate)
        {
            SviStatus status = run as SviStatus ?? new SviStatus(time);
            status.Take(value);
            Show(status, value.IsEnd);
        }
    }

    /// <summary>Shows how far each chain is.</summary>
    /// <param name="value">A report of <c>Mcmc.Run</c> or <c>Mcmc.Resume</c>.</param>
    public void Report(McmcProgress value)
    {
        lock (gate)
        {
            McmcStatus status = run as McmcStatus ?? new McmcStatus(time, value.Chains);
            if (status.Take(value) is { } note)
            {
                display.Tell(note, notes);
            }
            Show(status, status.IsEnd);
        }
    }

    /// <summary>The batches of an epoch, shown while they are gone through.</summary>
    /// <param name="loader">The loader; every <c>foreach</c> starts its next epoch.</param>
    /// <param name="detail">What else to show, such as the loss so far; asked for when a line is written, at most ten times per second.</param>
    /// <returns>The loader's batches, in its order; each lives until the next is asked for.</returns>
    public IEnumerable<Batch> Over(DataLoader loader, Func<string>? detail = null)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return Batches(loader, detail);
    }

    private IEnumerable<Batch> Batches(DataLoader loader, Func<string>? detail)
    {
        EpochStatus status = new(time, loader.Epoch, loader.BatchCount, detail);
        bool isEnded = false;
        try
        {
            foreach (Batch batch in loader)
            {
                lock (gate)
                {
                    status.Take(batch.Count);
                    Show(status, isEnd: false);
                }
                yield return batch;
            }
            isEnded = true;
        }
        finally
        {
            lock (gate)
            {
                status.IsComplete = isEnded;
                Show(status, isEnd: true);
            }
        }
    }

    private void Show(RunStatus status, bool isEnd)
    {
        run = isEnd ? null : status;
        if (isEnd)
        {
            display.End(status);
        }
        else
        {
            display.Show(status);
        }
    }
}
