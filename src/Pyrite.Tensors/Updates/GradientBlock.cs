using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;
using Pyrite.Programs;
using Pyrite.Updates;

namespace Pyrite;

/// <summary>The gradients of a step side by side in one block of memory that stays where it is, so that they are added up, tested or sent as a
/// whole.</summary>
/// <remarks>Name the gradients with <see cref="Place(ReadOnlySpan{Tensor?}, ReadOnlySpan{Tensor})"/> before a value of the step is read: the
/// step's program then writes them there by itself. Keep one for all steps; it serves one thread, and what a step placed is overwritten by
/// the next.</remarks>
public sealed class GradientBlock
{
    private const int Line = 64;

    private readonly List<Tensor?> placed = [];
    private readonly List<int> offsets = [];
    private readonly List<TensorSpec> specs = [];
    private Storage? block;
    private Storage? received;
    private int size;

    /// <summary>The gradients' type; null for none, and where they are of several.</summary>
    public DType? Type { get; private set; }

    /// <summary>Says which gradients belong together.</summary>
    /// <param name="gradients">Gradients of the step that is open; null for parameters that have none.</param>
    public void Place(ReadOnlySpan<Tensor?> gradients) => Place(gradients, []);

    /// <summary>Says which gradients belong together, with room for those that are missing: blocks of the same parameters can be added
    /// up.</summary>
    /// <param name="gradients">Gradients of the step that is open; zeros stand for one that is null.</param>
    /// <param name="parameters">What they are the gradients of, in the same order; none where missing gradients shall have no room.</param>
    /// <exception cref="ArgumentException">There are parameters, but not as many as gradients.</exception>
    public void Place(ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<Tensor> parameters)
    {
        if (!parameters.IsEmpty && parameters.Length != gradients.Length)
        {
            throw new ArgumentException($"{gradients.Length} gradients cannot be placed as those of {parameters.Length} parameters.",
                nameof(parameters));
        }
        placed.Clear();
        offsets.Clear();
        specs.Clear();
        (size, Type) = (0, null);
        bool isMixed = false;
        for (int i = 0; i < gradients.Length; i++)
        {
            // In the parameter's layout, so that it does not depend on what computed the gradient.
            Tensor? gradient = parameters.IsEmpty ? gradients[i] : gradients[i]?.To(parameters[i].DType).In(parameters[i].Layout);
            placed.Add(gradient);
            offsets.Add(size);
            Tensor? kind = gradient ?? (parameters.IsEmpty ? null : parameters[i]);
            specs.Add(kind is null ? default : new TensorSpec(kind.Shape, kind.DType, kind.Layout));
            if (kind is not null)
            {
                isMixed |= Type is { } type && type != kind.DType;
                Type = kind.DType;
                size = checked(size + ((BytesOf(kind) + Line - 1) / Line * Line));
            }
        }
        Type = isMixed ? null : Type;
        if (block is null || block.Capacity < size)
        {
            block = Storage.Allocate(Math.Max(Line, size), pinned: true);
            block.Span<byte>(0, block.Capacity).Clear();
        }
        block.Retire();
        for (int i = 0; i < placed.Count; i++)
        {
            if (placed[i] is { } gradient)
            {
                int bytes = BytesOf(gradient);
                block.Span<byte>(offsets[i] + bytes, -bytes & (Line - 1)).Clear();
                if (gradient.Recorder is Recorder recorder && !gradient.HasMemory)
                {
                    recorder.Places.Add(gradient.RecordedIndex, block, offsets[i]);
                }
            }
            else
            {
                int end = i + 1 < offsets.Count ? offsets[i + 1] : size;
                block.Span<byte>(offsets[i], end - offsets[i]).Clear();
            }
        }
    }

    /// <summary>Sees to it that all gradients stand in the block; what the step's program did not put there is copied.</summary>
    /// <exception cref="InvalidOperationException">No gradients were placed, or their step has ended.</exception>
    public void Fill()
    {
        Storage own = block ?? throw new InvalidOperationException("A gradient block was filled before gradients were placed. Call Place first.");
        for (int i = 0; i < placed.Count; i++)
        {
            if (placed[i] is { } gradient)
            {
                gradient.Materialize();
                if (!gradient.LiesIn(own, offsets[i]))
                {
                    gradient.RawBytes().CopyTo(own.Span<byte>(offsets[i], BytesOf(gradient)));
                }
            }
        }
        placed.Clear();
    }

    /// <summary>The gradients as they stand in the block.</summary>
    /// <returns>One tensor for each gradient, until others are placed; null where there is none and no room for one.</returns>
    /// <exception cref="InvalidOperationException">The block was not filled.</exception>
    public Tensor?[] Show()
    {
        if (block is null || placed.Count > 0)
        {
            throw new InvalidOperationException("The gradients of a block were asked for before it was filled. Call Place, and then Fill.");
        }
        Tensor?[] parts = new Tensor?[specs.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (specs[i].Shape is not null)
            {
                Tensor part = Tensor.Unbound(specs[i]);
                part.PointTo(block, offsets[i]);
                parts[i] = part;
            }
        }
        return parts;
    }

    /// <summary>Adds the gradients of another block, element by element.</summary>
    /// <param name="other">Gradients of the same parameters; both blocks are filled.</param>
    /// <exception cref="ArgumentException">The blocks have gradients of other shapes or types.</exception>
    public void Add(GradientBlock other)
    {
        ArgumentNullException.ThrowIfNull(other);
        bool isAlike = block is not null && other.block is not null && specs.Count == other.specs.Count;
        for (int i = 0; isAlike && i < specs.Count; i++)
        {
            isAlike = specs[i].Shape is null ? other.specs[i].Shape is null : other.specs[i].Shape is not null && specs[i].Equals(other.specs[i]);
        }
        if (!isAlike)
        {
            throw new ArgumentException("Blocks of gradients can be added where both have gradients of the same parameters, with room for those that "
                + "are missing.", nameof(other));
        }
        Add(other.block!);
    }

    /// <summary>Adds up the blocks of all processes of a group, as a tree of neighbours: the same bits on all of them.</summary>
    /// <param name="group">The processes; 1, 2, 4, 8 … of them, each with a filled block of the same parameters.</param>
    /// <param name="purpose">What the gradients are, for messages.</param>
    /// <exception cref="ArgumentException">The number of processes is no power of two.</exception>
    /// <exception cref="InvalidOperationException">Nothing was placed, or the group says that the processes do not agree.</exception>
    public void SumOver(ProcessGroup group, string purpose)
    {
        ArgumentNullException.ThrowIfNull(group);
        Storage own = block ?? throw new InvalidOperationException("A gradient block was summed before gradients were placed. Call Place first.");
        if (!int.IsPow2(group.Size))
        {
            throw new ArgumentException($"Gradients are added up over 1, 2, 4, 8 … processes; found {group.Size}.", nameof(group));
        }
        for (int distance = 1; distance < group.Size; distance *= 2)
        {
            if (received is null || received.Capacity < size)
            {
                received = Storage.Allocate(Math.Max(Line, size), pinned: true);
            }
            group.Exchange(group.Rank ^ distance, own.Span<byte>(0, size), received.Span<byte>(0, size), purpose);
            Add(received);
        }
    }

    /// <summary>All gradients' elements, each gradient from a multiple of 64 bytes on, with zeros in between.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="InvalidOperationException">The gradients are of another type, or of several.</exception>
    public Span<T> Elements<T>() where T : unmanaged => block is not null && Type == DTypeProperties.Of<T>()
        ? block.Span<T>(0, size / DTypeProperties.Of<T>().ByteSize)
        : throw new InvalidOperationException(
            $"A gradient block of {(Type is { } type ? type.ToString() : "no or several types")} was read as {typeof(T).Name}. Ask for the type that "
                + "all its gradients have.");

    private void Add(Storage other)
    {
        if (Type is { } type)
        {
            Sums.Add(type, block!, other, 0, size / type.ByteSize);
            return;
        }
        for (int i = 0; i < specs.Count; i++)
        {
            if (specs[i].Shape is not null)
            {
                Sums.Add(specs[i].DType, block!, other, offsets[i], (int)specs[i].Shape.Count);
            }
        }
    }

    private static int BytesOf(Tensor gradient) => checked((int)(gradient.Shape.Count * gradient.DType.ByteSize));
}
