using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Programs;

namespace Pyrite;

/// <summary>The gradients of a step side by side in one block of memory that stays where it is, so that they are added up, tested or sent as a
/// whole.</summary>
/// <remarks>Name the gradients with <see cref="Place"/> before a value of the step is read: the step's program then writes them there by itself.
/// Keep one for all steps; it serves one thread, and what a step placed is overwritten by the next.</remarks>
public sealed class GradientBlock
{
    private const int Line = 64;

    private readonly List<Tensor?> placed = [];
    private readonly List<int> offsets = [];
    private Storage? block;
    private int size;

    /// <summary>The gradients' type; null for none, and where they are of several.</summary>
    public DType? Type { get; private set; }

    /// <summary>Says which gradients belong together.</summary>
    /// <param name="gradients">Gradients of the step that is open; null for parameters that have none.</param>
    public void Place(ReadOnlySpan<Tensor?> gradients)
    {
        placed.Clear();
        offsets.Clear();
        (size, Type) = (0, null);
        bool isMixed = false;
        foreach (Tensor? gradient in gradients)
        {
            placed.Add(gradient);
            offsets.Add(size);
            if (gradient is not null)
            {
                isMixed |= Type is { } type && type != gradient.DType;
                Type = gradient.DType;
                size = checked(size + ((BytesOf(gradient) + Line - 1) / Line * Line));
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
        }
    }

    /// <summary>The gradients as they stand in the block; what the step's program did not put there is copied.</summary>
    /// <returns>One tensor for each gradient, which shows the block; null where there is none.</returns>
    /// <exception cref="InvalidOperationException">No gradients were placed, or their step has ended.</exception>
    public Tensor?[] Fill()
    {
        Storage own = block ?? throw new InvalidOperationException("A gradient block was filled before gradients were placed. Call Place first.");
        Tensor?[] parts = new Tensor?[placed.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (placed[i] is { } gradient)
            {
                Tensor part = Tensor.Unbound(new TensorSpec(gradient.Shape, gradient.DType, gradient.Layout));
                part.PointTo(own, offsets[i]);
                gradient.Materialize();
                if (!gradient.IsView(part))
                {
                    gradient.RawBytes().CopyTo(part.WriteBytes());
                }
                parts[i] = part;
            }
        }
        placed.Clear();
        return parts;
    }

    /// <summary>All gradients' elements, each gradient from a multiple of 64 bytes on, with zeros in between.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="InvalidOperationException">The gradients are of another type, or of several.</exception>
    public Span<T> Elements<T>() where T : unmanaged => block is not null && Type == DTypeProperties.Of<T>()
        ? block.Span<T>(0, size / DTypeProperties.Of<T>().ByteSize)
        : throw new InvalidOperationException(
            $"A gradient block of {(Type is { } type ? type.ToString() : "no or several types")} was read as {typeof(T).Name}. Ask for the type that "
                + "all its gradients have.");

    private static int BytesOf(Tensor gradient) => checked((int)(gradient.Shape.Count * gradient.DType.ByteSize));
}
