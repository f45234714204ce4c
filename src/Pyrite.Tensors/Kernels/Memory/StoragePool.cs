using System.Numerics;

namespace Pyrite.Kernels.Memory;

/// <summary>Blocks that step scopes reuse, by size class; one pool per thread, so no locks.</summary>
internal sealed class StoragePool
{
    private const int SmallestClass = 64;
    private const int StepsPerDoubling = 4;

    /// <summary>A block may be this many classes larger than asked for, four times as large: steps of several batch sizes share their blocks, and
    /// gradients of small layers those of large ones (bench vae, memory).</summary>
    private const int LargestDetour = 2 * StepsPerDoubling;

    [ThreadStatic]
    private static StoragePool? local;

    /// <summary>Blocks of so many bytes are asked of <see cref="Reserve"/> before they are made.</summary>
    private const int SmallestReserved = 1 << 20;

    private const int LargestClass = 1 << 30;
    private const int SmallestExponent = 6;

    // Larger blocks than those of the largest class are looked up by their size.
    private readonly Stack<Storage>?[] free = new Stack<Storage>?[((31 - SmallestExponent) * StepsPerDoubling) + 1];
    private readonly Dictionary<int, Stack<Storage>> huge = [];

    /// <summary>The pool of the current thread.</summary>
    public static StoragePool Local => local ??= new StoragePool();

    /// <summary>Gives blocks back that nobody uses just now, if there are any, when a large one is about to be made; null for nobody.</summary>
    public Func<bool>? Reserve { get; set; }

    /// <summary>A block of at least this many bytes; its content is undefined.</summary>
    public Storage Rent(long bytes)
    {
        int size = SizeClass(bytes);
        Storage? known = Find(size);
        if (known is null && size >= SmallestReserved && Reserve?.Invoke() == true)
        {
            known = Find(size);
        }
        return known ?? Storage.Allocate(size, pinned: true);
    }

    private Storage? Find(int candidate)
    {
        for (int i = 0; i <= LargestDetour; i++)
        {
            if (Free(candidate) is { } stack && stack.TryPop(out Storage? storage))
            {
                return storage;
            }
            candidate = SizeClass((long)candidate + 1);
        }
        return null;
    }

    /// <summary>Takes a block back; tensors that point to it become stale.</summary>
    public void Return(Storage storage)
    {
        storage.Retire();
        Free(storage.Capacity).Push(storage);
    }

    private Stack<Storage> Free(int size)
    {
        if (size <= LargestClass)
        {
            return free[Index(size)] ??= new Stack<Storage>();
        }
        if (!huge.TryGetValue(size, out Stack<Storage>? stack))
        {
            huge[size] = stack = new Stack<Storage>();
        }
        return stack;
    }

    // Sizes above 2^e up to 2^(e + 1) come in four steps.
    private static int Index(int size)
    {
        if (size <= SmallestClass)
        {
            return 0;
        }
        int exponent = BitOperations.Log2((uint)size - 1);
        return ((exponent - SmallestExponent) * StepsPerDoubling) + ((size - 1) >> (exponent - 2)) - 3;
    }

    /// <summary>Sizes are rounded up to quarters of a power of two, so that at most a fifth of a block is wasted.</summary>
    internal static int SizeClass(long bytes)
    {
        if (bytes <= SmallestClass)
        {
            return SmallestClass;
        }
        if (bytes > LargestClass)
        {
            return checked((int)bytes);
        }
        int quantum = Math.Max(SmallestClass, (int)(BitOperations.RoundUpToPowerOf2((uint)bytes) / (2 * StepsPerDoubling)));
        return (int)((bytes + quantum - 1) / quantum * quantum);
    }
}
