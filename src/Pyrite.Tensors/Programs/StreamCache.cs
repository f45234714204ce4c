namespace Pyrite.Programs;

/// <summary>The recorded streams of a thread's steps at one depth of nesting, the latest first; the oldest are forgotten.</summary>
/// <remarks>An inner step must not write its numbers into the operations pending in an outer one.</remarks>
internal sealed class StreamCache
{
    /// <summary>Kinds of steps that take turns, such as batch sizes; each keeps its plans' memory.</summary>
    private const int Capacity = 24;

    /// <summary>Operations of all streams together, the latest apart: long streams take much memory.</summary>
    private const int MostOperations = 500_000;

    private readonly List<RecordedStream> streams = [];

    /// <summary>The streams, the latest first.</summary>
    public IReadOnlyList<RecordedStream> Streams => streams;

    /// <summary>Remembers a stream, or notes that a known one was used.</summary>
    public void Add(RecordedStream stream)
    {
        if (stream.Nodes.Count == 0 || (streams.Count > 0 && ReferenceEquals(streams[0], stream)))
        {
            return;
        }
        streams.Remove(stream);
        streams.Insert(0, stream);
        long operations = streams.Sum(one => (long)one.Nodes.Count);
        while (streams.Count > Capacity || (streams.Count > 1 && operations > MostOperations))
        {
            operations -= streams[^1].Nodes.Count;
            streams.RemoveAt(streams.Count - 1);
        }
    }
}
