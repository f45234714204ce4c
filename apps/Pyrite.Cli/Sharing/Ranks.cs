using System.Text;

namespace Pyrite.Cli.Sharing;

/// <summary>The processes that a launcher started for one command, or the single one there is: who speaks and writes, and when all stop.</summary>
/// <param name="group">The processes.</param>
/// <param name="interruption">The request to stop that this process has received.</param>
internal sealed class Ranks(ProcessGroup group, CancellationToken interruption)
{
    /// <summary>The processes.</summary>
    public ProcessGroup Group => group;

    /// <summary>How many there are.</summary>
    public int Count => group.Size;

    /// <summary>Whether this is the one that displays and writes.</summary>
    public bool IsFirst => group.IsFirst;

    /// <summary>The request to stop that this process has received, for work that ranks do side by side.</summary>
    public CancellationToken Interruption => interruption;

    /// <summary>Whether to stop after this step; the same on all ranks, where steps are shared.</summary>
    public bool IsStopping => Count > 1 ? group.IsStopAgreed : interruption.IsCancellationRequested;

    /// <summary>Whether a run that stops is to be started again: a launcher or a scheduler asked, not a person at the keyboard.</summary>
    public Func<bool> IsToGoOnLater { get; init; } = () => false;

    /// <summary>A process without others.</summary>
    public static Ranks Alone(CancellationToken interruption) => new(ProcessGroup.Alone, interruption);

    /// <summary>Does on each rank what may fail before work begins; where it fails on one, all give up with the same words.</summary>
    /// <param name="prepare">Must not call the group.</param>
    /// <param name="purpose">What it is, for messages.</param>
    /// <exception cref="UsageException">It failed on some rank: the text of the lowest.</exception>
    public T Agree<T>(Func<T> prepare, string purpose)
    {
        if (Count == 1)
        {
            return prepare();
        }
        T? prepared = default;
        string problem = "";
        try
        {
            prepared = prepare();
        }
        catch (Exception refused) when (UsageException.Is(refused))
        {
            problem = refused.Message;
        }
        IReadOnlyList<byte[]> all = group.GatherEverywhere(Encoding.UTF8.GetBytes(problem), purpose);
        for (int rank = 0; rank < all.Count; rank++)
        {
            if (all[rank].Length > 0)
            {
                throw new UsageException((rank == 0 ? "" : $"On rank {rank}: ") + Encoding.UTF8.GetString(all[rank]));
            }
        }
        return prepared!;
    }

    /// <summary>Refuses several processes for what one does.</summary>
    /// <exception cref="UsageException">There are several.</exception>
    public void RequireOne(string command)
    {
        if (Count > 1)
        {
            throw new UsageException($"{command} runs in one process, and a launcher started {Count}. Start it without mpirun or srun.");
        }
    }
}
