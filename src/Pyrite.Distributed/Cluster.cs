using System.Globalization;
using Pyrite.Launching;
using Pyrite.Messages;

namespace Pyrite;

/// <summary>The processes that work on one program together, and what they may ask of each other.</summary>
/// <remarks>
/// <see cref="Run"/> makes it. All ranks run the same program and make the same calls of the cluster in the same order; a call that another rank does
/// not make, or makes with another length, ends the run with a text that says so. Calls come from one thread at a time.
/// </remarks>
public sealed partial class Cluster : ProcessGroup
{
    /// <summary>The exit code of a run that was asked to stop, has saved its state and wants to be started again: 85.</summary>
    /// <remarks>Return it from the program where <see cref="ProcessGroup.IsStopAgreed"/> said so; job scripts put such a job into the queue
    /// again.</remarks>
    public const int GoOnLater = 85;

    /// <summary>The variable for <see cref="Patience"/>, in seconds.</summary>
    private const string PatienceVariable = "PYRITE_PATIENCE";

    private readonly Conversation? conversation;
    private readonly Waiting? waiting;

    private Cluster(string[] arguments, ITransport? transport, Waiting? waiting)
    {
        Arguments = arguments;
        Rank = transport?.Rank ?? 0;
        Size = transport?.Size ?? 1;
        this.waiting = waiting;
        conversation = transport is null ? null : new Conversation(transport, waiting!);
        Patience = waiting?.Patience ?? DefaultPatience();
        Hosts = [Environment.MachineName];
        LocalSize = 1;
        Library = transport?.Version ?? "none";
    }

    /// <summary>The arguments of the program.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The number of this process, from 0.</summary>
    public override int Rank { get; }

    /// <summary>How many processes there are, 1 or more.</summary>
    public override int Size { get; }

    /// <summary>The number of this process among those of its host, from 0.</summary>
    public int LocalRank { get; private set; }

    /// <summary>How many processes run on this host.</summary>
    public int LocalSize { get; private set; }

    /// <summary>The names of the hosts, in the order of their first ranks.</summary>
    public IReadOnlyList<string> Hosts { get; private set; }

    /// <summary>How many threads this process uses, as far as the cluster has decided: its share of the host's processors, or what
    /// <c>PYRITE_THREADS</c> says.</summary>
    public int Threads { get; private set; } = Environment.ProcessorCount;

    /// <summary>The library of MPI in use and its version, in one line; "none" without one.</summary>
    public string Library { get; }

    /// <summary>How long a rank waits for another before it ends the run: ten minutes, or what <c>PYRITE_PATIENCE</c> says in seconds.</summary>
    /// <remarks>It must be longer than what a rank may do while others wait for it, such as drawing pictures or reading a file. Where ranks
    /// bring together chains or predictions, which they may end at very different times, they wait 144 times as long.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero.</exception>
    public TimeSpan Patience
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
            waiting?.Patience = value;
        }
    }

    /// <summary>Cuts each step into shards, of which every rank computes as many, next to each other.</summary>
    /// <param name="count">How many shards, a power of two that the number of ranks divides; results depend on it, not on the number of
    /// ranks.</param>
    /// <returns>What <see cref="Svi{T}"/> and loaders take.</returns>
    public Sharding Shards(int count) => Pyrite.Shards.Of(count, this);

    /// <inheritdoc/>
    /// <exception cref="ClusterException">The partner is doing something else, lengths do not agree, it did not answer within
    /// <see cref="Patience"/>, or the connection failed.</exception>
    public override void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received, string purpose)
    {
        if (partner == Rank || partner < 0 || partner >= Size)
        {
            throw new ArgumentOutOfRangeException(
                nameof(partner), partner, $"Rank {Rank} of {Size} exchanges bytes with another rank, from 0 to {Size - 1}.");
        }
        waiting?.MayTakeLong = MayTakeLong;
        conversation!.Exchange(partner, sent, received, purpose);
    }

    private static TimeSpan DefaultPatience()
    {
        string? text = Environment.GetEnvironmentVariable(PatienceVariable);
        return string.IsNullOrWhiteSpace(text)
            ? TimeSpan.FromMinutes(10)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e9
                ? TimeSpan.FromSeconds(seconds)
                : throw new ClusterException($"{PatienceVariable} is \"{text}\"; it takes a number of seconds above 0, such as 600.");
    }

    private void TakePlaces(IReadOnlyList<RankPlace> places)
    {
        Hosts = [.. places.Select(place => place.Host).Distinct()];
        LocalSize = places.Count(place => place.Host == places[Rank].Host);
        LocalRank = places.Take(Rank).Count(place => place.Host == places[Rank].Host);
    }
}
