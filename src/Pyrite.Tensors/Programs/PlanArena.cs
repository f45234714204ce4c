using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs;

/// <summary>The blocks that all plans of a thread share: only one plan runs at a time, and nothing in them outlives its run.</summary>
internal sealed class PlanArena
{
    [ThreadStatic]
    private static PlanArena? local;

    private readonly List<Storage> blocks = [];
    private readonly Dictionary<(ImageLayout Frame, DType Type), List<Storage>> framed = [];

    /// <summary>The arena of the current thread.</summary>
    public static PlanArena Local => local ??= new PlanArena();

    /// <summary>Begins to assign blocks for one plan.</summary>
    public Assignment Begin() => new(this);

    /// <summary>Blocks for one plan: taken and given back in the order of its steps.</summary>
    public sealed class Assignment(PlanArena arena)
    {
        private readonly List<Storage> free = [.. arena.blocks];
        private readonly Dictionary<(ImageLayout Frame, DType Type), int> used = [];

        /// <summary>The smallest free block that is large enough.</summary>
        public Storage Take(long bytes)
        {
            Storage? best = null;
            foreach (Storage block in free)
            {
                if (block.Capacity >= bytes && (best is null || block.Capacity < best.Capacity))
                {
                    best = block;
                }
            }
            if (best is not null)
            {
                free.Remove(best);
                return best;
            }
            // The step that was recorded ran operation by operation, and has left blocks in the pool that no later step needs.
            best = StoragePool.Local.Rent(bytes);
            arena.blocks.Add(best);
            return best;
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
