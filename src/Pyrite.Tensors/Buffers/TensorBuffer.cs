using Pyrite.Engine;
using Pyrite.Kernels.Memory;

namespace Pyrite;

/// <summary>Memory of one's own that tensors show without a copy, filled over and over.</summary>
/// <remarks>For loaders: write numbers with <see cref="Bytes"/>, hand out a tensor over them with <see cref="Open"/>, and before the memory is
/// written again call <see cref="Retire"/>. Using a tensor after that is an error and never shows other numbers.</remarks>
public sealed class TensorBuffer
{
    private readonly Storage storage;

    /// <summary>Takes memory.</summary>
    /// <param name="largest">The shape of the largest tensor.</param>
    /// <param name="type">The type of the elements.</param>
    public TensorBuffer(Shape largest, DType type)
    {
        DType = type;
        storage = Storage.Allocate(largest.Count * type.ByteSize, pinned: true);
    }

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>The memory, undefined before it is first written; <c>MemoryMarshal.Cast</c> makes numbers of it, the last axis
    /// fastest.</summary>
    public Span<byte> Bytes => storage.Span<byte>(0, storage.Capacity);

    /// <summary>A tensor over the first elements of the memory, alive until <see cref="Retire"/>.</summary>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="ArgumentException">The memory holds less.</exception>
    public Tensor Open(Shape shape) => shape.Count * DType.ByteSize <= storage.Capacity
        ? Tensor.Over(storage, new TensorSpec(shape, DType))
        : throw new ArgumentException(
            $"A {DType} tensor of shape {shape} was asked for over a buffer of {storage.Capacity} bytes; make the buffer for the largest shape.",
            nameof(shape));

    /// <summary>Computes what an open step has put off and would read from the memory, and makes all tensors handed out so far stale.</summary>
    public void Retire()
    {
        StepScope.Settle();
        storage.Retire();
    }
}
