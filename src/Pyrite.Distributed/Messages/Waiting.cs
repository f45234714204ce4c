namespace Pyrite.Messages;

/// <summary>What a rank does while a partner lets it wait: spins, gives way to others, hears of failures, and loses its patience.</summary>
internal sealed class Waiting
{
    /// <summary>Tries before the processor is given to others; about 20 µs.</summary>
    private const int BareTries = 300;

    /// <summary>Tries between two looks at the clock and at the notes.</summary>
    private const int TriesBetweenLooks = 32;

    /// <summary>Tries before the waiting sleeps for a millisecond at a time; some tens of milliseconds.</summary>
    private const int TriesBeforeSleep = 20_000;

    /// <summary>How many times longer than its patience a rank waits where partners may come at very different times; a day by default.</summary>
    private const int LongFactor = 144;

    private readonly byte[] note = new byte[FailureNote.MostBytes];
    private SpinWait spin;
    private long start;
    private int tries;

    /// <summary>How long a partner may let this rank wait.</summary>
    public required TimeSpan Patience { get; set; }

    /// <summary>Whether partners may come at very different times, as after chains of unequal length.</summary>
    public bool MayTakeLong { get; set; }

    /// <summary>Where notes of failed ranks come from.</summary>
    public required ITransport Transport { get; init; }

    /// <summary>What the ranks do together now.</summary>
    public string Purpose { get; private set; } = "the start";

    /// <summary>How many exchanges this rank has begun.</summary>
    public long Count { get; private set; }

    /// <summary>A new exchange begins.</summary>
    public void Begin(string purpose)
    {
        Purpose = purpose;
        Count++;
    }

    /// <summary>A new message is awaited.</summary>
    public void Restart()
    {
        tries = 0;
        start = 0;
        spin = default;
    }

    /// <summary>Nothing has come yet.</summary>
    /// <exception cref="ClusterException">Another rank has failed, or patience is at its end.</exception>
    public void Try(int partner)
    {
        if (tries++ < BareTries)
        {
            return;
        }
        if (tries % TriesBetweenLooks == 0)
        {
            Look(partner);
        }
        spin.SpinOnce(TriesBeforeSleep);
    }

    private void Look(int partner)
    {
        if (Transport.TakeNote(note, out int from) is > 0 and int length)
        {
            throw new ClusterException($"Rank {from} failed: {FailureNote.Read(note.AsSpan(0, length))}") { IsOfAnother = true };
        }
        long now = Environment.TickCount64;
        start = start == 0 ? now : start;
        TimeSpan longest = MayTakeLong ? Patience * LongFactor : Patience;
        if (now - start > longest.TotalMilliseconds)
        {
            throw new ClusterException(
                $"Rank {Transport.Rank} of {Transport.Size} has waited {longest.TotalSeconds:0.###} s for rank {partner} at \"{Purpose}\" (its "
                    + $"exchange {Count}), and nothing came. Rank {partner} may have died, be cut off by the network, have left out this call, or "
                    + "compute for longer: where it may, raise Cluster.Patience, or the variable PYRITE_PATIENCE (seconds).");
        }
    }
}
