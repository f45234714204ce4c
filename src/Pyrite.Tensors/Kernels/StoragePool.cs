using System.Numerics;

namespace Pyrite.Kernels;

/// <summary>Blocks that step scopes reuse, by size class; one pool a thread, so no locks.</summary>
internal sealed class StoragePool
{
    private const int SmallestClass = 64;
    private const int StepsPerDoubling = 4;

    /// <summary>A block may be this many classes larger than asked for: steps of several batch sizes share their blocks.</summary>
    private const int LargestDetour = 3;

    [ThreadStatic]
    private static StoragePool? local;

    private readonly Dictionary<int, Stack<Storage>> free = [];

    /// <summary>The pool of the current thread.</summary>
    public static StoragePool Local => local ??= new StoragePool();

    /// <summary>A block of at least this many bytes; its content is undefined.</summary>
    public Storage Rent(long bytes)
    {
        int size = SizeClass(bytes);
        int candidate = size;
        for (int i = 0; i <= LargestDetour; i++)
        {
            if (free.TryGetValue(candidate, out Stack<Storage>? stack) && stack.TryPop(out Storage? storage))
            {
                return storage;
            }
            candidate = SizeClass((long)candidate + 1);
        }
        return Storage.Allocate(size, pinned: true);
    }

    /// <summary>Takes a block back; tensors that point to it become stale.</summary>
    public void Return(Storage storage)
    {
        storage.Retire();
        if (!free.TryGetValue(storage.Capacity, out Stack<Storage>? stack))
        {
            free[storage.Capacity] = stack = new Stack<Storage>();
        }
        stack.Push(storage);
    }

    /// <summary>Sizes are rounded up to quarters of a power of two, so that at most a fifth of a block is wasted.</summary>
    internal static int SizeClass(long bytes)
    {
        if (bytes <= SmallestClass)
        {
            return SmallestClass;
        }
        if (bytes > 1 << 30)
        {
            return checked((int)bytes);
        }
        int quantum = Math.Max(SmallestClass, (int)(BitOperations.RoundUpToPowerOf2((uint)bytes) / (2 * StepsPerDoubling)));
        return (int)((bytes + quantum - 1) / quantum * quantum);
    }
}
