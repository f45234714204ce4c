namespace Pyrite.Messages;

/// <summary>Exchanges between ranks, each checked by both sides: that they do the same, and that their lengths agree.</summary>
/// <remarks>A transport alone would not notice: unequal lengths make some libraries write past the end of the memory they were given.</remarks>
internal sealed class Conversation(ITransport transport, Waiting waiting)
{
    /// <summary>The tag of envelopes.</summary>
    public const int FirstTag = 11;

    /// <summary>The tag of payloads that did not fit into their envelope.</summary>
    public const int RestTag = 12;

    private readonly Envelope own = new();
    private readonly Envelope theirs = new();
    private readonly long[] numbers = new long[transport.Size];

    /// <summary>Gives a partner some bytes and takes as many as it gives.</summary>
    /// <exception cref="ClusterException">The partner is doing something else, its lengths do not agree with ours, it did not answer in time, or
    /// the transport failed.</exception>
    public void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received, string purpose)
    {
        waiting.Begin(purpose);
        own.Write(numbers[partner]++, purpose, sent, received.Length);
        waiting.Restart();
        theirs.Length = transport.Swap(partner, FirstTag, own.Used, theirs.Space, waiting);
        if (!theirs.IsValid || theirs.Number != own.Number || !theirs.PurposeBytes.SequenceEqual(own.PurposeBytes))
        {
            throw new ClusterException(Describe(partner));
        }
        if (theirs.PayloadLength != received.Length || theirs.ExpectedLength != sent.Length)
        {
            throw new ClusterException(
                $"Rank {transport.Rank} expects {received.Length} bytes from rank {partner} at \"{purpose}\" and gives {sent.Length}; rank {partner} "
                    + $"gives {theirs.PayloadLength} and expects {theirs.ExpectedLength}. Every rank must give as many numbers; look for lengths "
                    + "that depend on the rank.");
        }
        bool isReceivedLater = received.Length > Envelope.MostInside;
        if (!isReceivedLater)
        {
            theirs.Inside.CopyTo(received);
        }
        if (isReceivedLater || sent.Length > Envelope.MostInside)
        {
            waiting.Restart();
            int length = transport.Swap(
                partner, RestTag, sent.Length > Envelope.MostInside ? sent : [], isReceivedLater ? received : [], waiting);
            if (isReceivedLater && length != received.Length)
            {
                throw new ClusterException(
                    $"Rank {partner} announced {received.Length} bytes at \"{purpose}\", and {length} came: the connection is damaged. Start again.");
            }
        }
    }

    private string Describe(int partner) => theirs.IsValid
        ? $"Ranks {transport.Rank} and {partner} do not do the same: rank {transport.Rank} is at \"{own.Purpose}\" (exchange {own.Number} of the "
            + $"two, {own.PayloadLength} bytes), rank {partner} at \"{theirs.Purpose}\" (exchange {theirs.Number}, {theirs.PayloadLength} bytes). "
            + "All ranks make the same calls of the cluster in the same order; look for one that a rank leaves out, or for a rank that has ended "
            + "before the others."
        : $"What rank {partner} sent to rank {transport.Rank} at \"{own.Purpose}\" is no message of Pyrite ({theirs.Length} bytes). All ranks must "
            + "be the same program, and nothing else may send in its communicator.";
}
