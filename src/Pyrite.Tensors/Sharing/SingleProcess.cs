namespace Pyrite.Sharing;

/// <summary>A process without others.</summary>
internal sealed class SingleProcess : ProcessGroup
{
    public override int Rank => 0;

    public override int Size => 1;

    public override void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received, string purpose) =>
        throw new InvalidOperationException($"A process without others was asked to exchange {purpose} with rank {partner}. There is rank 0 alone.");
}
