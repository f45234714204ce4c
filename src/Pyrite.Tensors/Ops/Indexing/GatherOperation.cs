using System.Runtime.InteropServices;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Indexing;

/// <summary>Picks elements along an axis: result[o, j, i] = x[o, index[o, j, i], i] on [outer, axis, inner] blocks.</summary>
internal readonly record struct GatherOperation : ITermOperation
{
    public string Name => "take along";

    public int? IndexInput => 1;

    public static Tensor Of(Tensor x, Tensor index) =>
        Executor.Apply(default(GatherOperation), new TensorSpec(index.Shape, x.DType), x.In(Layout.RowMajor), index.In(Layout.RowMajor));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType.ByteSize)
        {
            case 1:
                Run<byte>(inputs, output);
                break;
            case 4:
                Run<uint>(inputs, output);
                break;
            default:
                Run<ulong>(inputs, output);
                break;
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        input == 0 ? ScatterAddOperation.Of(upstream, inputs[1], inputs[0].Shape) : null;

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add) =>
        Pairs(shapes[0], indices, result, (taken, from) => add(taken, 0, from));

    /// <summary>For each element that is taken the one that it is taken from.</summary>
    public static void Pairs(Shape shape, ReadOnlySpan<long> indices, Shape taken, Action<int, int> add)
    {
        (int count, int inner) = (taken[1], taken[2]);
        for (int k = 0; k < indices.Length; k++)
        {
            int outer = k / inner / count;
            add(k, (((outer * shape[1]) + TakeOperation.Position(indices[k], shape[1], shape, 1)) * inner) + (k % inner));
        }
    }

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged
    {
        Shape shape = inputs[0].Shape;
        ReadOnlySpan<T> source = MemoryMarshal.Cast<byte, T>(inputs[0].RawBytes());
        ReadOnlySpan<long> index = inputs[1].Read<long>();
        Span<T> target = MemoryMarshal.Cast<byte, T>(output.WriteBytes());
        (int count, int inner) = (output.Shape[1], output.Shape[2]);
        for (int k = 0; k < target.Length; k++)
        {
            int outer = k / inner / count;
            target[k] = source[(((outer * shape[1]) + TakeOperation.Position(index[k], shape[1], shape, 1)) * inner) + (k % inner)];
        }
    }
}
