using Pyrite.Runs;

namespace Pyrite.Posteriors;

/// <summary>The posteriors of runs as their pages take them, read again when the files have changed.</summary>
internal sealed class PosteriorCache
{
    private const int MostKept = 8;

    private readonly Lock gate = new();
    private readonly List<(string Path, string Stamp, string Json)> kept = [];

    /// <summary>JSON of a run's draws, summary and advice; null where it has no draws yet.</summary>
    /// <exception cref="InvalidDataException">The files are damaged.</exception>
    public string? Of(RunFolder run)
    {
        // One reader at a time: a large file is read once, however many pages ask.
        lock (gate)
        {
            string stamp = run.DrawsStamp();
            int at = kept.FindIndex(one => one.Path == run.Path);
            if (at >= 0 && kept[at].Stamp == stamp)
            {
                return kept[at].Json;
            }
            if (run.Draws is not { } path || PosteriorOfRun.Read(path) is not { } json)
            {
                return null;
            }
            if (at >= 0)
            {
                kept.RemoveAt(at);
            }
            kept.Add((run.Path, stamp, json));
            if (kept.Count > MostKept)
            {
                kept.RemoveAt(0);
            }
            return json;
        }
    }
}
