using System.Collections.Concurrent;

namespace Pyrite.Messages;

/// <summary>Ranks that are threads of one process: bytes go through queues.</summary>
internal sealed class ThreadTransport : ITransport
{
    private readonly ConcurrentDictionary<(int From, int To, int Tag), ConcurrentQueue<byte[]>> queues;
    private readonly ConcurrentQueue<(int From, byte[] Note)>[] notes;

    private ThreadTransport(
        int rank, ConcurrentQueue<(int From, byte[] Note)>[] notes, ConcurrentDictionary<(int From, int To, int Tag), ConcurrentQueue<byte[]>> queues)
    {
        Rank = rank;
        this.notes = notes;
        this.queues = queues;
    }

    public int Rank { get; }

    public int Size => notes.Length;

    public string Version => "threads";

    public static ThreadTransport[] Of(int size)
    {
        ConcurrentDictionary<(int From, int To, int Tag), ConcurrentQueue<byte[]>> queues = [];
        ConcurrentQueue<(int From, byte[] Note)>[] notes = [.. Enumerable.Range(0, size).Select(_ => new ConcurrentQueue<(int From, byte[] Note)>())];
        return [.. Enumerable.Range(0, size).Select(rank => new ThreadTransport(rank, notes, queues))];
    }

    public int Swap(int partner, int tag, ReadOnlySpan<byte> sent, Span<byte> received, Waiting waiting)
    {
        if (sent.Length > 0)
        {
            Queue(Rank, partner, tag).Enqueue(sent.ToArray());
        }
        if (received.Length == 0)
        {
            return 0;
        }
        byte[]? message;
        while (!Queue(partner, Rank, tag).TryDequeue(out message))
        {
            waiting.Try(partner);
        }
        message.CopyTo(received);
        return message.Length;
    }

    public void Post(int to, ReadOnlySpan<byte> note) => notes[to].Enqueue((Rank, note.ToArray()));

    public int TakeNote(Span<byte> note, out int from)
    {
        from = -1;
        if (!notes[Rank].TryDequeue(out (int From, byte[] Note) next))
        {
            return 0;
        }
        from = next.From;
        next.Note.CopyTo(note);
        return next.Note.Length;
    }

    public void Abort(int code)
    {
    }

    public void Close()
    {
    }

    private ConcurrentQueue<byte[]> Queue(int from, int to, int tag) => queues.GetOrAdd((from, to, tag), _ => new ConcurrentQueue<byte[]>());
}
