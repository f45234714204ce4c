using Pyrite;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Indexing;

/// <summary>Row-major positions from one index array an axis; negative indices count from the end.</summary>
internal readonly record struct LinearIndexOperation(Shape Sizes) : IOperation
{
    public string Name => "index";

    /// <summary>The positions, of the shape to which the arrays broadcast.</summary>
    public static Tensor Of(Shape sizes, List<Tensor> arrays)
    {
        Shape shape = Shape.Scalar;
        foreach (Tensor array in arrays)
        {
            shape =
                Shape.TryBroadcast(shape, array.Shape)
                    ?? throw new ArgumentException(
                        $"index: index arrays of shapes {string.Join(", ", arrays.Select(a => a.Shape.ToString()))} do not broadcast.");
        }
        Tensor[] inputs = new Tensor[arrays.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = arrays[i].BroadcastTo(shape).In(Layout.RowMajor);
        }
        return Executor.Apply(new LinearIndexOperation(sizes), new TensorSpec(shape, DType.Int64), inputs);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Span<long> result = output.Write<long>();
        result.Clear();
        for (int axis = 0; axis < inputs.Length; axis++)
        {
            ReadOnlySpan<long> positions = inputs[axis].Read<long>();
            int size = Sizes[axis];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = (result[i] * size) + TakeOperation.Position(positions[i], size, Sizes, axis);
            }
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
}
