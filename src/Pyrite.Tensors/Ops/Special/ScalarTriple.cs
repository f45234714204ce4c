using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>Runs a scalar function of three arguments over elements.</summary>
internal readonly record struct ScalarTriple<TFunction> : IOperation
    where TFunction : struct, IScalarFunction3
{
    public string Name => TFunction.Name;

    public int? EntryRank => 0;

    /// <summary>The result for tensors that broadcast.</summary>
    public static Tensor Of(Tensor a, Tensor b, Tensor c)
    {
        if (a.IsWeak && b.IsWeak && c.IsWeak)
        {
            return TFunction.Of(a.WeakValue, b.WeakValue, c.WeakValue);
        }
        DType type = Operands.CommonType(a.IsWeak ? b : a, b.IsWeak ? c : b);
        type = c.IsWeak ? type : DTypeProperties.Promote(type, c.DType);
        type = type.IsFloatingPoint ? type : Precision.Default;
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, c.Shape);
        return Executor.Apply(default(ScalarTriple<TFunction>), new TensorSpec(shape, type), Prepare(a), Prepare(b), Prepare(c));

        Tensor Prepare(Tensor operand) => operand.To(type).BroadcastTo(shape).In(Layout.RowMajor);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        TFunction.Pullback(inputs, output, upstream, input);

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Body<T> body = new(inputs[0], inputs[1], inputs[2], output);
        WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
    }

    private readonly struct Body<T>(Tensor a, Tensor b, Tensor c, Tensor y) : IParallelBody where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, y.Count);
            ReadOnlySpan<T> first = a.Read<T>()[range];
            ReadOnlySpan<T> second = b.Read<T>()[range];
            ReadOnlySpan<T> third = c.Read<T>()[range];
            Span<T> result = y.Write<T>()[range];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] =
                    T.CreateTruncating(
                        TFunction.Of(double.CreateTruncating(first[i]), double.CreateTruncating(second[i]), double.CreateTruncating(third[i])));
            }
        }
    }
}
