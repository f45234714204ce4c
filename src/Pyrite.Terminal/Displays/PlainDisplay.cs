namespace Pyrite.Displays;

/// <summary>Whole lines, for files and pipes: one for each tenth of a run but no two within a second, at least one per minute, and one at the
/// end.</summary>
internal sealed class PlainDisplay(TextWriter output, TimeProvider time) : IDisplay
{
    private const int Parts = 10;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    private RunStatus? shown;
    private long lastWritten;
    private int part;

    public void Show(RunStatus run)
    {
        if (shown != run)
        {
            shown = run;
            part = 0;
            lastWritten = time.GetTimestamp();
        }
        TimeSpan since = time.GetElapsedTime(lastWritten);
        int now = (int)(run.Fraction * Parts);
        if (since >= Most || (since >= Least && now > part))
        {
            part = now;
            lastWritten = time.GetTimestamp();
            Write(run.Line());
        }
    }

    public void End(RunStatus run)
    {
        shown = null;
        Write(run.Summary());
    }

    public void Tell(string note, TextWriter? elsewhere) => LastingOutput.Try(elsewhere ?? output, writer => writer.WriteLine(note));

    private void Write(string line) => LastingOutput.Try(output, writer => writer.WriteLine(line));
}
