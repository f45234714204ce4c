namespace Pyrite.Messages;

/// <summary>Moves bytes between the ranks of a run. It knows nothing of what they mean.</summary>
/// <remarks>One thread at a time calls it. Ranks that swap with each other do so with the same tags in the same order.</remarks>
internal interface ITransport
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Size { get; }

    /// <summary>What moves the bytes, in one line.</summary>
    string Version { get; }

    /// <summary>Sends to a partner and receives from it at the same time.</summary>
    /// <param name="partner">The other rank.</param>
    /// <param name="tag">Tells messages apart that do not belong together.</param>
    /// <param name="sent">What to send; nothing is sent where it is empty.</param>
    /// <param name="received">Where to put what comes, at most as many bytes; nothing is awaited where it is empty.</param>
    /// <param name="waiting">Asked again and again while the partner lets us wait.</param>
    /// <returns>How many bytes came.</returns>
    /// <exception cref="ClusterException">The waiting has an end, or the transport failed.</exception>
    int Swap(int partner, int tag, ReadOnlySpan<byte> sent, Span<byte> received, Waiting waiting);

    /// <summary>Sends a note that nobody waits for.</summary>
    void Post(int to, ReadOnlySpan<byte> note);

    /// <summary>Takes a note that has come from anybody, if there is one.</summary>
    /// <returns>The number of its bytes, 0 where there is none.</returns>
    int TakeNote(Span<byte> note, out int from);

    /// <summary>Ends all ranks without waiting for any; it may not return.</summary>
    void Abort(int code);

    /// <summary>Ends in good order, together with all other ranks.</summary>
    void Close();
}
