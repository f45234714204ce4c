using Pyrite.Engine;

namespace Pyrite.Ops.Indexing;

/// <summary>Copies the slices of an axis that indices name.</summary>
internal readonly record struct TakeOperation(int Axis) : IOperation
{
    public string Name => "take";

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
}
