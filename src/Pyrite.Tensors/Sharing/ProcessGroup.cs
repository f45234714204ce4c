using System.Runtime.InteropServices;
using Pyrite.Sharing;

namespace Pyrite;

/// <summary>Processes that run the same program and work on one task together; each has a number, its rank.</summary>
/// <remarks>A transport gives one thing, <see cref="Exchange"/>; all that is added in which order is decided here, so the bits of a sum do not depend
/// on the transport. All members but the properties and <see cref="RequestStop"/> are called by all ranks, in the same order, from one thread at a
/// time.</remarks>
public abstract class ProcessGroup
{
    private double[] numbers = [];
    private double[] others = [];
    private volatile bool isStopRequested;

    /// <summary>A process without others: rank 0 of 1.</summary>
    /// <remarks>Each use is a group of its own, so that a request to stop concerns nobody else.</remarks>
    public static ProcessGroup Alone => new SingleProcess();

    /// <summary>The number of this process, from 0 to <see cref="Size"/> - 1.</summary>
    public abstract int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public abstract int Size { get; }

    /// <summary>Whether this is the process that writes files and speaks: rank 0.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Whether this rank was asked to stop; see <see cref="IsStopAgreed"/>.</summary>
    public bool IsStopRequested => isStopRequested;

    /// <summary>Whether all ranks know that one of them was asked to stop.</summary>
    /// <remarks>Changes in <see cref="Sum"/> alone, and so in <see cref="Barrier"/> and in every step of a sharded inference, on all ranks at the
    /// same one: what is done because of it, all do at the same step.</remarks>
    public bool IsStopAgreed { get; private set; }

    /// <summary>Whether the ranks may come to the next exchanges at very different times, as after chains of unequal length: a transport then waits
    /// far longer for a partner.</summary>
    public bool MayTakeLong { get; set; }

    /// <summary>Sends bytes to another rank and receives from it; the only thing that a transport does.</summary>
    /// <param name="partner">The other rank, not this one. It calls with this rank's number.</param>
    /// <param name="sent">What goes there; as long as what the partner receives.</param>
    /// <param name="received">Filled with what comes from there; as long as what the partner sends, may be empty.</param>
    /// <param name="purpose">What the bytes are, for messages, such as "gradients"; the same on both ranks.</param>
    /// <exception cref="InvalidOperationException">The partner did not come in time, or came with another purpose or length.</exception>
    public abstract void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received, string purpose);

    /// <summary>Asks all ranks to stop at the next step at which they agree; may be called from any thread, and by one rank alone.</summary>
    public void RequestStop() => isStopRequested = true;

    /// <summary>Gives all ranks the bytes of one.</summary>
    /// <param name="bytes">Sent by rank <paramref name="from"/>, overwritten on the others; equally long on all.</param>
    /// <param name="purpose">What they are, for messages.</param>
    /// <param name="from">The rank whose bytes they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public void Share(Span<byte> bytes, string purpose, int from = 0)
    {
        RequireRank(from);

        // A binomial tree over the ranks counted from the source on; any number of them.
        int own = (Rank - from + Size) % Size, reach = 1;
        while (own >= reach)
        {
            reach *= 2;
        }
        if (own > 0)
        {
            Exchange((own - (reach / 2) + from) % Size, [], bytes, purpose);
        }
        for (; own + reach < Size; reach *= 2)
        {
            Exchange((own + reach + from) % Size, bytes, [], purpose);
        }
    }

    /// <summary>Brings the bytes of all ranks to one; they may be of different lengths.</summary>
    /// <param name="own">This rank's.</param>
    /// <param name="purpose">What they are, for messages.</param>
    /// <param name="at">The rank that gets all.</param>
    /// <returns>The bytes of every rank by its number there; nothing on the others.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> own, string purpose, int at = 0)
    {
        RequireRank(at);
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (Rank != at)
        {
            MemoryMarshal.Write(length, own.Length);
            Exchange(at, length, [], purpose);
            if (own.Length > 0)
            {
                Exchange(at, own, [], purpose);
            }
            return [];
        }
        byte[][] all = new byte[Size][];
        for (int rank = 0; rank < Size; rank++)
        {
            if (rank == at)
            {
                all[rank] = own.ToArray();
                continue;
            }
            Exchange(rank, [], length, purpose);
            all[rank] = new byte[MemoryMarshal.Read<int>(length)];
            if (all[rank].Length > 0)
            {
                Exchange(rank, [], all[rank], purpose);
            }
        }
        return all;
    }

    /// <summary>Brings the bytes of all ranks to all; they may be of different lengths.</summary>
    /// <param name="own">This rank's.</param>
    /// <param name="purpose">What they are, for messages.</param>
    /// <returns>The bytes of every rank by its number.</returns>
    public IReadOnlyList<byte[]> GatherEverywhere(ReadOnlySpan<byte> own, string purpose)
    {
        IReadOnlyList<byte[]> at = Gather(own, purpose);
        byte[][] all = new byte[Size][];
        int[] lengths = new int[Size];
        for (int rank = 0; rank < at.Count; rank++)
        {
            (all[rank], lengths[rank]) = (at[rank], at[rank].Length);
        }
        Share(MemoryMarshal.AsBytes(lengths.AsSpan()), purpose);
        for (int rank = 0; rank < Size; rank++)
        {
            all[rank] ??= new byte[lengths[rank]];
            Share(all[rank], purpose);
        }
        return all;
    }

    /// <summary>The part of some things, such as chains or draws, that this rank computes: neighbours, as many as others have, or one more.</summary>
    /// <param name="count">How many there are for all ranks.</param>
    /// <returns>From ⌊count · rank / size⌋ to below ⌊count · (rank + 1) / size⌋.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Range RangeOf(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return (int)((long)count * Rank / Size)..(int)((long)count * (Rank + 1) / Size);
    }

    /// <summary>Waits until all ranks are here.</summary>
    /// <param name="purpose">What they wait for, for messages.</param>
    public void Barrier(string purpose = "a barrier") => Sum([], purpose);

    /// <summary>Adds up numbers over the ranks, in the order of a fixed tree: the same bits on all ranks.</summary>
    /// <param name="sums">This rank's numbers, replaced by the sums; equally many on all ranks. Over 2ᵏ ranks neighbours are added first, then
    /// neighbouring pairs, and so on.</param>
    /// <param name="purpose">What they are, for messages.</param>
    /// <remarks>A request to stop travels along.</remarks>
    public void Sum(Span<double> sums, string purpose)
    {
        Grow(sums.Length + 1);
        Span<double> all = numbers.AsSpan(0, sums.Length + 1);
        sums.CopyTo(all);
        all[^1] = isStopRequested ? 1 : 0;
        Combine(all, isMaximum: false, purpose);
        all[..^1].CopyTo(sums);
        IsStopAgreed |= all[^1] > 0;
    }

    /// <summary>The largest of the ranks' numbers; NaN if one is.</summary>
    /// <param name="number">This rank's.</param>
    /// <param name="purpose">What it is, for messages.</param>
    public double Max(double number, string purpose)
    {
        Grow(1);
        numbers[0] = number;
        Combine(numbers.AsSpan(0, 1), isMaximum: true, purpose);
        return numbers[0];
    }

    /// <summary>Refuses to go on where the ranks do not hold the same things to be true.</summary>
    /// <param name="facts">What this rank holds to be true: names, such as "seed", with values that are equal if their texts are.</param>
    /// <param name="purpose">What the ranks are about to do, such as "a sharded inference".</param>
    /// <exception cref="InvalidOperationException">They differ: the message, the same on all ranks, says in what, and which ranks have which
    /// value.</exception>
    public void RequireAlike(IReadOnlyList<KeyValuePair<string, string>> facts, string purpose) => Agreement.Require(this, facts, purpose);

    private void Combine(Span<double> own, bool isMaximum, string purpose)
    {
        Span<double> other = others.AsSpan(0, own.Length);
        bool isEven = int.IsPow2(Size);
        for (int distance = 1; distance < Size; distance *= 2)
        {
            int partner = Rank ^ distance;
            bool isBelow = Rank < partner;
            if (!isEven && (Rank % distance != 0 || partner >= Size))
            {
                continue;
            }
            bool sends = isEven || !isBelow, receives = isEven || isBelow;
            Exchange(partner, sends ? MemoryMarshal.AsBytes(own) : [], receives ? MemoryMarshal.AsBytes(other) : [], purpose);
            for (int i = 0; receives && i < own.Length; i++)
            {
                own[i] = isMaximum ? Math.Max(own[i], other[i]) : isBelow ? own[i] + other[i] : other[i] + own[i];
            }
        }
        if (!isEven)
        {
            Share(MemoryMarshal.AsBytes(own), purpose);
        }
    }

    private void Grow(int count)
    {
        if (numbers.Length < count)
        {
            (numbers, others) = (new double[count], new double[count]);
        }
    }

    private void RequireRank(int rank)
    {
        if ((uint)rank >= (uint)Size)
        {
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"There is no rank {rank}: expected 0 to {Size - 1}.");
        }
    }
}
