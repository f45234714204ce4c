using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Indexing;

/// <summary>For each place, the largest number among those that an index tensor sends there; 0 where none.</summary>
internal readonly record struct LastWriters(Shape Shape, int Axis) : IOperation
{
    public string Name => "scatter";

    public static Tensor Of(Shape shape, Tensor index, Tensor order, int axis) =>
        Executor.Apply(new LastWriters(shape, axis), new TensorSpec(shape, DType.Int64), index.In(Layout.RowMajor), order);

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        ReadOnlySpan<long> index = inputs[0].Read<long>();
        ReadOnlySpan<long> order = inputs[1].Read<long>();
        Span<long> last = output.Write<long>();
        last.Clear();
        int[] own = Strides.Of(inputs[0].Shape);
        int[] strides = Strides.Of(Shape);
        for (int k = 0; k < index.Length; k++)
        {
            int place = 0;
            for (int axis = 0; axis < strides.Length; axis++)
            {
                int position = axis == Axis ? TakeOperation.Position(index[k], Shape[Axis], Shape, Axis) : k / own[axis] % inputs[0].Shape[axis];
                place += position * strides[axis];
            }
            last[place] = Math.Max(last[place], order[k]);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
}
