namespace Pyrite;

/// <summary>What an <see cref="ITensorOperation"/> computes from: the numbers and shapes of its inputs.</summary>
/// <typeparam name="T">Float32 or Float64.</typeparam>
public readonly ref struct OperationInputs<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<Tensor> tensors;

    internal OperationInputs(ReadOnlySpan<Tensor> tensors) => this.tensors = tensors;

    /// <summary>How many there are.</summary>
    public int Count => tensors.Length;

    /// <summary>The numbers of an input, with the last axis fastest.</summary>
    /// <param name="input">From 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<T> this[int input] => tensors[input].Read<T>();

    /// <summary>The shape of an input.</summary>
    /// <param name="input">From 0 to <see cref="Count"/> - 1.</param>
    public Shape ShapeOf(int input) => tensors[input].Shape;
}
