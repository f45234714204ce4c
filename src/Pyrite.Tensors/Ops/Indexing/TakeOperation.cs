using System.Runtime.InteropServices;
using Pyrite.Engine;

namespace Pyrite.Ops.Indexing;

/// <summary>Copies the slices of an axis that indices name.</summary>
internal readonly record struct TakeOperation(int Axis) : ITermOperation
{
    public string Name => "take";

    public int? IndexInput => 1;

    /// <summary>Checks an index and counts negative ones from the end.</summary>
    public static int Position(long index, int size, Shape shape, int axis) => index >= -size && index < size
        ? (int)(index < 0 ? index + size : index)
        : throw new ArgumentOutOfRangeException(nameof(index),
            $"take: index {index} is outside axis {axis} of shape {shape}; use {-size} to {size - 1}.");

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Shape shape = inputs[0].Shape;
        ReadOnlySpan<long> indices = inputs[1].Read<long>();
        int size = shape[Axis];
        int outer = checked((int)shape[..Axis].Count);
        int bytes = checked((int)shape[(Axis + 1)..].Count * output.DType.ByteSize);
        ReadOnlySpan<byte> source = inputs[0].RawBytes();
        Span<byte> target = output.WriteBytes();
        if (bytes == sizeof(uint))
        {
            TakeNumbers(MemoryMarshal.Cast<byte, uint>(source), indices, MemoryMarshal.Cast<byte, uint>(target), outer, shape);
            return;
        }
        if (bytes == sizeof(ulong))
        {
            TakeNumbers(MemoryMarshal.Cast<byte, ulong>(source), indices, MemoryMarshal.Cast<byte, ulong>(target), outer, shape);
            return;
        }
        for (int i = 0; i < outer; i++)
        {
            for (int j = 0; j < indices.Length; j++)
            {
                source.Slice(((i * size) + Position(indices[j], size, shape, Axis)) * bytes, bytes)
                    .CopyTo(target.Slice(((i * indices.Length) + j) * bytes, bytes));
            }
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        input == 0 ? TakeGradientOperation.Of(upstream, inputs[1], Axis, inputs[0].Shape) : null;

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add) =>
        Pairs(shapes[0], indices, Axis, (taken, from) => add(taken, 0, from));

    /// <summary>For each element that is taken the one that it is taken from.</summary>
    public static void Pairs(Shape shape, ReadOnlySpan<long> indices, int axis, Action<int, int> add)
    {
        int size = shape[axis], outer = checked((int)shape[..axis].Count), width = checked((int)shape[(axis + 1)..].Count);
        for (int i = 0; i < outer; i++)
        {
            for (int j = 0; j < indices.Length; j++)
            {
                int from = ((i * size) + Position(indices[j], size, shape, axis)) * width, to = ((i * indices.Length) + j) * width;
                for (int k = 0; k < width; k++)
                {
                    add(to + k, from + k);
                }
            }
        }
    }

    /// <summary>Slices that are as long as one number.</summary>
    private void TakeNumbers<T>(ReadOnlySpan<T> source, ReadOnlySpan<long> indices, Span<T> target, int outer, Shape shape)
    {
        int size = shape[Axis];
        for (int i = 0; i < outer; i++)
        {
            ReadOnlySpan<T> from = source.Slice(i * size, size);
            Span<T> to = target.Slice(i * indices.Length, indices.Length);
            for (int j = 0; j < to.Length; j++)
            {
                long index = indices[j];
                to[j] = from[(ulong)index < (ulong)size ? (int)index : Position(index, size, shape, Axis)];
            }
        }
    }
}
