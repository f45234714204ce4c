using System.Numerics;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Indexing;

/// <summary>The transpose of <see cref="GatherOperation"/>: adds elements to the places along axis 1 that indices name, in order.</summary>
internal readonly record struct ScatterAddOperation(Shape Shape) : ITermOperation
{
    public string Name => "scatter add";

    public bool IsSum => true;

    public int? IndexInput => 1;

    public static Tensor Of(Tensor source, Tensor index, Shape shape) =>
        Executor.Apply(new ScatterAddOperation(shape), new TensorSpec(shape, source.DType), source.In(Layout.RowMajor), index.In(Layout.RowMajor));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32:
                Run<float>(inputs, output);
                break;
            case DType.Float64:
                Run<double>(inputs, output);
                break;
            default:
                Run<long>(inputs, output);
                break;
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        input == 0 ? GatherOperation.Of(upstream, inputs[1]) : null;

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add) =>
        GatherOperation.Pairs(Shape, indices, shapes[0], (taken, from) => add(from, 0, taken));

    private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> source = inputs[0].Read<T>();
        ReadOnlySpan<long> index = inputs[1].Read<long>();
        Span<T> target = output.Write<T>();
        target.Clear();
        (int count, int inner) = (inputs[0].Shape[1], Shape[2]);
        for (int k = 0; k < source.Length; k++)
        {
            int outer = k / inner / count;
            target[(((outer * Shape[1]) + TakeOperation.Position(index[k], Shape[1], Shape, 1)) * inner) + (k % inner)] += source[k];
        }
    }
}
