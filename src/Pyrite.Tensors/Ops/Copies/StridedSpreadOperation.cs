using Pyrite.Engine;
using Pyrite.Kernels.Copies;

namespace Pyrite.Ops.Copies;

/// <summary>The transpose of <see cref="StridedCopyOperation"/> without repeats: puts elements back to where they were read, zeros
/// elsewhere.</summary>
internal readonly struct StridedSpreadOperation : ITermOperation, IEquatable<StridedSpreadOperation>
{
    private readonly string name;
    private readonly AxisWalk[] walks;

    private StridedSpreadOperation(string name, AxisWalk[] walks)
    {
        this.name = name;
        this.walks = walks;
    }

    public string Name => name + " gradient";

    public static Tensor Of(string name, Tensor dy, AxisWalk[] walks, Shape shape) =>
        Executor.Apply(new StridedSpreadOperation(name, walks), new TensorSpec(shape, dy.DType), dy.In(Layout.RowMajor));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        int[] strides = Strides.Of(output.Shape);
        int start = 0;
        int[] steps = new int[walks.Length];
        int[] sizes = new int[walks.Length];
        for (int axis = 0; axis < walks.Length; axis++)
        {
            AxisWalk walk = walks[axis];
            int stride = walk.Source < 0 ? 0 : strides[walk.Source];
            start += walk.Start * stride;
            steps[axis] = walk.Step * stride;
            sizes[axis] = walk.Count;
        }
        Shape walked = Shape.Create(sizes);
        Span<byte> target = output.WriteBytes();
        if (walked.Count != output.Shape.Count)
        {
            target.Clear();
        }
        if (walked.Count > 0)
        {
            StridedCopy.Run(inputs[0].RawBytes(), 0, Strides.Of(walked), target, start, steps, sizes, output.DType.ByteSize);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        StridedCopyOperation.Of(name, upstream, walks).Reshape(inputs[0].Shape);

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add)
    {
        List<int> places = AxisWalks.Places(walks, result);
        for (int i = 0; i < places.Count; i++)
        {
            add(places[i], 0, i);
        }
    }

    public bool Equals(StridedSpreadOperation other) => name == other.name && walks.AsSpan().SequenceEqual(other.walks);

    public override bool Equals(object? obj) => obj is StridedSpreadOperation other && Equals(other);

    public override int GetHashCode() => AxisWalks.HashOf(name, walks);
}
