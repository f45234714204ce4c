namespace Pyrite.Displays;

/// <summary>Bars that are redrawn in place, at most ten times per second.</summary>
internal sealed class RegionDisplay(LiveRegion region, TimeProvider time) : IDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private RunStatus? shown;
    private long lastDrawn;

    public void Show(RunStatus run)
    {
        if (shown == run && time.GetElapsedTime(lastDrawn) < Pause)
        {
            return;
        }
        shown = run;
        lastDrawn = time.GetTimestamp();
        region.Draw(new BarsView(run.Bars()));
    }

    public void End(RunStatus run)
    {
        shown = null;
        region.End(run.Summary());
    }

    public void Tell(string note, TextWriter? elsewhere) => region.Print(note, elsewhere);
}
