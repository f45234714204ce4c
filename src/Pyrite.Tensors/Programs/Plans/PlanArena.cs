using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs.Plans;

/// <summary>The blocks that all plans of a thread share: only one plan runs at a time, and nothing in them outlives its run.</summary>
internal sealed class PlanArena
{
    /// <summary>How often the blocks are given back to a step that needs large ones: plans then take blocks anew, which costs some time. Twice in the
    /// training of bench `vae`.</summary>
    private const int MostReleases = 8;

    [ThreadStatic]
    private static PlanArena? local;

    private readonly List<Storage> blocks = [];
    private readonly Dictionary<(ImageLayout Frame, DType Type), List<Storage>> framed = [];

    private int releases;

    private PlanArena() => StoragePool.Local.Reserve = TryRelease;

    /// <summary>Tells blocks that plans have taken from those after they were given back.</summary>
    public int Version => releases;

    /// <summary>Whether a plan runs, which needs its blocks.</summary>
    public bool IsInUse { get; set; }

    /// <summary>The arena of the current thread.</summary>
    public static PlanArena Local => local ??= new PlanArena();

    /// <summary>Begins to assign blocks for one plan.</summary>
    public Assignment Begin() => new(this);

    /// <summary>Gives all blocks back to the thread's pool, for a step that runs operation by operation.</summary>
    private bool TryRelease()
    {
        if (IsInUse || releases == MostReleases || (blocks.Count == 0 && framed.Count == 0))
        {
            return false;
        }
        releases++;
        foreach (Storage block in blocks.Concat(framed.Values.SelectMany(known => known)))
        {
            StoragePool.Local.Return(block);
        }
        blocks.Clear();
        framed.Clear();
        return true;
    }

    /// <summary>Blocks for one plan: taken and given back in the order of its steps.</summary>
    public sealed class Assignment
    {
        private readonly PlanArena arena;

        private readonly List<Storage> free;
        private readonly Dictionary<(ImageLayout Frame, DType Type), int> used = [];

        /// <param name="arena">Has the blocks.</param>
        public Assignment(PlanArena arena)
        {
            this.arena = arena;
            free = [.. arena.blocks];
        }

        /// <summary>The smallest free block that is large enough.</summary>
        public Storage Take(long bytes)
        {
            Storage? smallest = null;
            foreach (Storage block in free)
            {
                if (block.Capacity >= bytes && (smallest is null || block.Capacity < smallest.Capacity))
                {
                    smallest = block;
                }
            }
            if (smallest is not null)
            {
                free.Remove(smallest);
                return smallest;
            }
            // The step that was recorded ran operation by operation, and has left blocks in the pool that no later step needs.
            Storage made = StoragePool.Local.Rent(bytes);
            arena.blocks.Add(made);
            return made;
        }

        /// <summary>A block may be used again by later steps.</summary>
        public void Give(Storage block) => free.Add(block);

        /// <summary>A block of images with margins of zeros, which no step overwrites; plans of smaller batches use its first images.</summary>
        public Storage TakeFramed(ImageLayout frame, int images, DType type)
        {
            if (!arena.framed.TryGetValue((frame, type), out List<Storage>? known))
            {
                arena.framed[(frame, type)] = known = [];
            }
            int index = used.GetValueOrDefault((frame, type));
            int bytes = checked((int)(images * frame.Image * type.ByteSize));
            for (; index < known.Count; index++)
            {
                if (known[index].Capacity >= bytes)
                {
                    used[(frame, type)] = index + 1;
                    return known[index];
                }
            }
            Storage block = StoragePool.Local.Rent(bytes);
            block.Span<byte>(0, block.Capacity).Clear();
            known.Add(block);
            used[(frame, type)] = known.Count;
            return block;
        }
    }
}
