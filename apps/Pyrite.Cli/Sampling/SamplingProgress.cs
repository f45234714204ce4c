using System.Diagnostics;
using System.Globalization;

namespace Pyrite.Cli.Sampling;

/// <summary>One line on all chains, redrawn in place where a person watches; nothing elsewhere. What a run has to say goes to the errors.</summary>
/// <remarks>Chains report from threads of their own.</remarks>
internal sealed class SamplingProgress(Terminal terminal, int chains, TimeSpan? pause = null) : IProgress<McmcProgress>
{
    private const int BarWidth = 24;

    private readonly TimeSpan pause = pause ?? TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private readonly McmcProgress[] latest = new McmcProgress[chains];
    private readonly HashSet<string> told = [];
    private readonly long started = Stopwatch.GetTimestamp();
    private long lastDrawn = Stopwatch.GetTimestamp();
    private int width;

    public void Report(McmcProgress value)
    {
        lock (gate)
        {
            latest[value.Chain] = value;
            Tell(value.Note);
            if (terminal.IsInteractive && Stopwatch.GetElapsedTime(lastDrawn) >= pause)
            {
                lastDrawn = Stopwatch.GetTimestamp();
                Draw(Line(value.Total));
            }
        }
    }

    /// <summary>Takes the line off the screen.</summary>
    public void Clear()
    {
        if (width > 0)
        {
            Draw("");
            terminal.Output.Write('\r');
            terminal.Output.Flush();
        }
    }

    /// <summary>A note that several chains have is told once.</summary>
    private void Tell(string? note)
    {
        if (note is not null && told.Add(note))
        {
            Clear();
            terminal.Error.WriteLine(note);
            terminal.Error.Flush();
        }
    }

    private string Line(int totalOfChain)
    {
        long done = 0;
        int warming = 0, divergences = 0;
        double steps = 0;
        foreach (McmcProgress chain in latest)
        {
            done += chain.Transitions;
            warming += chain.Total == 0 || chain.IsWarmup ? 1 : 0;
            divergences += chain.Divergences;
            steps += chain.StepSize;
        }
        long total = (long)totalOfChain * chains;
        int filled = (int)(BarWidth * done / total);
        double left = Stopwatch.GetElapsedTime(started).TotalSeconds * (total - done) / Math.Max(done, 1);
        string phase = warming == 0 ? "drawing" : warming == chains ? "warming up" : $"{warming} of {chains} chains warming up";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{new string('━', filled)}{new string('─', BarWidth - filled)} {100 * done / total,3} %  {phase}  divergences {divergences}  step "
                + $"size {steps / chains:G2}  {left:F0} s left");
    }

    private void Draw(string line)
    {
        terminal.Output.Write("\r" + line.PadRight(width));
        terminal.Output.Flush();
        width = line.Length;
    }
}
