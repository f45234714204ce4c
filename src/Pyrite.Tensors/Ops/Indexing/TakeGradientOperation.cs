using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Indexing;

/// <summary>Adds slices to the places that indices name, in the order of the indices.</summary>
internal readonly record struct TakeGradientOperation(int Axis, Shape Shape) : ITermOperation
{
    public string Name => "take gradient";

    public bool IsSum => true;

    public int? IndexInput => 1;

    public static Tensor Of(Tensor dy, Tensor indices, int axis, Shape shape) =>
        Executor.Apply(new TakeGradientOperation(axis, shape), new TensorSpec(shape, dy.DType), dy.In(Layout.RowMajor), indices);

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs[0], inputs[1], output);
        }
        else
        {
            Run<double>(inputs[0], inputs[1], output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        input == 0 ? upstream.Take(inputs[1], Axis) : null;

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add) =>
        TakeOperation.Pairs(Shape, indices, Axis, (taken, from) => add(from, 0, taken));

    private void Run<T>(Tensor dy, Tensor index, Tensor output) where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> source = dy.Read<T>();
        ReadOnlySpan<long> indices = index.Read<long>();
        Span<T> target = output.Write<T>();
        target.Clear();
        int size = Shape[Axis];
        int outer = checked((int)Shape[..Axis].Count);
        int width = checked((int)Shape[(Axis + 1)..].Count);
        if (width == 1)
        {
            AddNumbers(source, indices, target, outer);
            return;
        }
        for (int i = 0; i < outer; i++)
        {
            for (int j = 0; j < indices.Length; j++)
            {
                Span<T> row = target.Slice(((i * size) + TakeOperation.Position(indices[j], size, Shape, Axis)) * width, width);
                TensorPrimitives.Add(row, source.Slice(((i * indices.Length) + j) * width, width), row);
            }
        }
    }

    /// <summary>Slices of one number each.</summary>
    private void AddNumbers<T>(ReadOnlySpan<T> source, ReadOnlySpan<long> indices, Span<T> target, int outer) where T : unmanaged, INumber<T>
    {
        int size = Shape[Axis];
        for (int i = 0; i < outer; i++)
        {
            ReadOnlySpan<T> from = source.Slice(i * indices.Length, indices.Length);
            Span<T> to = target.Slice(i * size, size);
            for (int j = 0; j < from.Length; j++)
            {
                long index = indices[j];
                to[(ulong)index < (ulong)size ? (int)index : TakeOperation.Position(index, size, Shape, Axis)] += from[j];
            }
        }
    }
}
