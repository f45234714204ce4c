namespace Pyrite.Programs;

/// <summary>The recorded streams of a thread, the latest first; the oldest are forgotten.</summary>
internal sealed class StreamCache
{
    private const int Capacity = 24;

    [ThreadStatic]
    private static List<StreamCache>? caches;

    private readonly List<RecordedStream> streams = [];

    /// <summary>The streams, the latest first.</summary>
    public IReadOnlyList<RecordedStream> Streams => streams;

    /// <summary>This thread's streams of steps inside of so many others.</summary>
    public static StreamCache At(int depth)
    {
        caches ??= [];
        while (caches.Count <= depth)
        {
            caches.Add(new StreamCache());
        }
        return caches[depth];
    }

    /// <summary>Remembers a stream, or notes that a known one was used.</summary>
    public void Add(RecordedStream stream)
    {
        if (stream.Nodes.Count == 0 || (streams.Count > 0 && ReferenceEquals(streams[0], stream)))
        {
            return;
        }
        streams.Remove(stream);
        streams.Insert(0, stream);
        if (streams.Count > Capacity)
        {
            streams.RemoveAt(Capacity);
        }
    }
}
