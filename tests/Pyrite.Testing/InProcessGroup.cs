using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Pyrite.Testing;

/// <summary>Ranks as threads of one process: what processes do over a network, for tests.</summary>
/// <remarks>It is as strict as a transport must be: another purpose or length than the partner's is an error on both ranks, and a rank that leaves
/// frees those who wait for it.</remarks>
public sealed class InProcessGroup : ProcessGroup
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly BlockingCollection<(string Purpose, int Expected, byte[] Bytes)>[,] boxes;

    private InProcessGroup(int rank, BlockingCollection<(string Purpose, int Expected, byte[] Bytes)>[,] boxes)
    {
        Rank = rank;
        this.boxes = boxes;
    }

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Size => boxes.GetLength(0);

    /// <summary>How many bytes this rank has sent.</summary>
    public long SentBytes { get; private set; }

    /// <summary>How often this rank has exchanged something.</summary>
    public int Exchanges { get; private set; }

    /// <summary>Runs a program on some ranks at a time and returns what each gave.</summary>
    /// <exception cref="Exception">The first that a rank threw by itself, not because another had left.</exception>
    public static T[] Run<T>(int size, Func<InProcessGroup, T> program)
    {
        (T? Value, Exception? Failure)[] results = Try(size, program);
        Exception? first = results.Select(result => result.Failure).OfType<Exception>().OrderBy(failure => failure is OperationCanceledException)
            .FirstOrDefault();
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
        return [.. results.Select(result => result.Value!)];
    }

    /// <summary>Runs a program on some ranks at a time and returns what each gave or threw; those that waited for one that left threw
    /// <see cref="OperationCanceledException"/>.</summary>
    public static (T? Value, Exception? Failure)[] Try<T>(int size, Func<InProcessGroup, T> program)
    {
        var boxes = new BlockingCollection<(string, int, byte[])>[size, size];
        for (int i = 0; i < size * size; i++)
        {
            boxes[i / size, i % size] = [];
        }
        (T? Value, Exception? Failure)[] results = new (T?, Exception?)[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank].Value = program(new InProcessGroup(rank, boxes));
            }
            catch (Exception failure)
            {
                results[rank].Failure = failure;
            }
            finally
            {
                for (int other = 0; other < size; other++)
                {
                    boxes[rank, other].CompleteAdding();
                }
            }
        }, maxStackSize: 16 << 20))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }

    /// <inheritdoc/>
    public override void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received, string purpose)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(partner, Rank);
        Exchanges++;
        SentBytes += sent.Length;
        boxes[Rank, partner].Add((purpose, received.Length, sent.ToArray()));
        if (!boxes[partner, Rank].TryTake(out (string Purpose, int Expected, byte[] Bytes) got, (int)Patience.TotalMilliseconds))
        {
            throw boxes[partner, Rank].IsCompleted
                ? new OperationCanceledException($"Rank {partner} has left; rank {Rank} waited for {purpose}.")
                : new InvalidOperationException($"Rank {Rank} waited for rank {partner} in vain ({purpose}).");
        }
        if (got.Purpose != purpose || got.Bytes.Length != received.Length || got.Expected != sent.Length)
        {
            throw new InvalidOperationException(
                $"Rank {Rank} exchanges {purpose}, {sent.Length} bytes against {received.Length}; rank {partner} exchanges {got.Purpose}, "
                    + $"{got.Bytes.Length} bytes against {got.Expected}.");
        }
        got.Bytes.CopyTo(received);
    }
}
