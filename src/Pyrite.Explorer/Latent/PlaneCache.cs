using Pyrite.Runs;

namespace Pyrite.Latent;

/// <summary>The autoencoders of runs, read when first asked for and again when their weights have changed.</summary>
internal sealed class PlaneCache(ExplorerOptions options)
{
    private const int MostPlanes = 4;

    private readonly Lock gate = new();
    private readonly List<(string Path, long Stamp, OpenPlane Plane)> open = [];

    /// <summary>Whether a run is one of an autoencoder.</summary>
    public bool Knows(RunFolder run) => options.Plane is not null && run.PathOf(options.WeightsFile) is not null;

    /// <summary>Which weights a run has: another number when they have been written again, 0 where there are none.</summary>
    public long StampOf(RunFolder run) => run.PathOf(options.WeightsFile) is { } path ? File.GetLastWriteTimeUtc(path).Ticks : 0;

    /// <summary>The autoencoder of a run; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The weights cannot be read.</exception>
    public OpenPlane? Of(RunFolder run)
    {
        if (!Knows(run))
        {
            return null;
        }
        lock (gate)
        {
            long stamp = StampOf(run);
            int at = open.FindIndex(one => one.Path == run.Path);
            if (at >= 0 && open[at].Stamp == stamp)
            {
                return open[at].Plane;
            }
            if (at >= 0)
            {
                open.RemoveAt(at);
            }
            OpenPlane plane = new(options.Plane!(Path.Combine(run.Path, options.WeightsFile)));
            open.Add((run.Path, stamp, plane));
            if (open.Count > MostPlanes)
            {
                open.RemoveAt(0);
            }
            return plane;
        }
    }
}
