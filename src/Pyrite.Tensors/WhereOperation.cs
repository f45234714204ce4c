using System.Runtime.InteropServices;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite;

/// <summary>Choosing between two tensors, element by element.</summary>
/// <param name="Silences">Whether what is not chosen has been left out by a mask.</param>
internal readonly record struct WhereOperation(bool Silences) : IElementwiseOperation, ISilencer
{
    private static readonly ElementwiseForm Select = ElementwiseForm.Of(VectorInstruction.Select);

    public string Name => "where";

    public ElementwiseForm? Form => Select;

    public int? EntryRank => null;   // its own rule makes zeros

    /// <summary>a where the condition holds, else b; all three broadcast.</summary>
    public static Tensor Of(Tensor condition, Tensor a, Tensor b)
    {
        if (condition.DType != DType.Bool)
        {
            throw new ArgumentException($"where: the condition must be Bool; found {condition.DType}. Compare first, for example x > 0.",
                nameof(condition));
        }
        DType type = Operands.CommonType(a, b);
        Shape shape = Shape.Broadcast(condition.Shape, a.Shape, b.Shape);
        return Executor.Apply(
            default(WhereOperation), new TensorSpec(shape, type),
            condition.BroadcastTo(shape).In(Layout.RowMajor), Operand(a.To(type), shape), Operand(b.To(type), shape));
    }

    /// <summary>The scores that count, and 0 for those that a mask leaves out; no number that stands there reaches a gradient (see
    /// <see cref="SilentZeros"/>).</summary>
    /// <param name="mask">Bool; broadcasts with the scores.</param>
    /// <param name="scores">Real numbers.</param>
    public static Tensor Masked(Tensor mask, Tensor scores)
    {
        Shape shape = Shape.Broadcast(mask.Shape, scores.Shape);
        Tensor real = scores.IsWeak ? scores.To(Precision.Default) : scores;
        return Executor.Apply(
            new WhereOperation(true), new TensorSpec(shape, real.DType),
            mask.BroadcastTo(shape).In(Layout.RowMajor), Operand(real, shape), Tensor.Full(Shape.Scalar, 0, real.DType));
    }

    /// <summary>What counts, and what is held where a mask leaves it out; no number that is not chosen reaches a gradient (see
    /// <see cref="SilentZeros"/>).</summary>
    /// <param name="mask">Bool; broadcasts to the others.</param>
    /// <param name="counted">Real numbers.</param>
    /// <param name="held">Of the same shape and type.</param>
    public static Tensor Held(Tensor mask, Tensor counted, Tensor held) => counted.Shape != held.Shape || counted.DType != held.DType
        ? counted
        : Executor.Apply(new WhereOperation(true), new TensorSpec(held.Shape, held.DType),
            mask.BroadcastTo(held.Shape).In(Layout.RowMajor), counted.In(Layout.RowMajor), held.In(Layout.RowMajor));

    /// <summary>Numbers, exactly 0 where the weights, which broadcast to them, are.</summary>
    public static Tensor Nonzero(Tensor numbers, Tensor weights) =>
        Zip<NonzeroMaskKernel>.Of(numbers, weights.DType == numbers.DType ? weights : weights.NotEqualTo(0).To(numbers.DType));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Body body = new(inputs[0], inputs[1], inputs[2], output);
        WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input switch
    {
        1 => Tensor.Where(inputs[0], upstream, 0.0).SumTo(inputs[1].Shape),
        2 => Tensor.Where(inputs[0], 0.0, upstream).SumTo(inputs[2].Shape),
        _ => null,
    };

    /// <summary>A single number stays one; all else is brought to the whole shape.</summary>
    private static Tensor Operand(Tensor x, Shape shape) => x.Rank == 0 ? x : x.BroadcastTo(shape).In(Layout.RowMajor);

    private readonly struct Body(Tensor condition, Tensor a, Tensor b, Tensor y) : IParallelBody
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, y.Count);
            ReadOnlySpan<bool> flags = condition.Read<bool>()[range];
            switch (y.DType.ByteSize)
            {
                case 4:
                    SelectKernel.Select32(flags, Part<uint>(a, range), Part<uint>(b, range), MemoryMarshal.Cast<byte, uint>(y.WriteBytes())[range]);
                    break;
                case 8:
                    SelectKernel.Select64(flags, Part<ulong>(a, range), Part<ulong>(b, range),
                        MemoryMarshal.Cast<byte, ulong>(y.WriteBytes())[range]);
                    break;
                default:
                    SelectKernel.Select8(flags, Part<byte>(a, range), Part<byte>(b, range), y.WriteBytes()[range]);
                    break;
            }
        }

        private static ReadOnlySpan<T> Part<T>(Tensor x, Range range) where T : unmanaged
        {
            ReadOnlySpan<T> all = MemoryMarshal.Cast<byte, T>(x.RawBytes());
            return x.Rank == 0 ? all : all[range];
        }
    }
}
