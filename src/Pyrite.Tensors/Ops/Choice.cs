using System.Runtime.InteropServices;
using Pyrite.Engine;

namespace Pyrite;

/// <summary>Choosing between two tensors, element by element.</summary>
public static class Choice
{
    extension(Tensor)
    {
        /// <summary>a where the condition holds, else b; all three broadcast.</summary>
        /// <param name="condition">Bool.</param>
        /// <param name="a">Values where it is true.</param>
        /// <param name="b">Values where it is false. The branch not taken gets exactly zero gradient, even where it is NaN.</param>
        /// <exception cref="ArgumentException">The condition is not Bool.</exception>
        public static Tensor Where(Tensor condition, Tensor a, Tensor b)
        {
            if (condition.DType != DType.Bool)
            {
                throw new ArgumentException($"where: the condition must be Bool; found {condition.DType}. Compare first, for example x > 0.", nameof(condition));
            }
            DType type = Operands.CommonType(a, b);
            Shape shape = Shape.Broadcast(condition.Shape, a.Shape, b.Shape);
            return Executor.Apply(
                default(WhereOperation), new TensorSpec(shape, type),
                condition.BroadcastTo(shape).In(Layout.RowMajor), a.To(type).BroadcastTo(shape).In(Layout.RowMajor), b.To(type).BroadcastTo(shape).In(Layout.RowMajor));
        }
    }

    private readonly record struct WhereOperation : IOperation
    {
        public string Name => "where";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            switch (output.DType.ByteSize)
            {
                case 4:
                    Run<uint>(inputs, output);
                    break;
                case 8:
                    Run<ulong>(inputs, output);
                    break;
                default:
                    Run<byte>(inputs, output);
                    break;
            }
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input switch
        {
            1 => Tensor.Where(inputs[0], upstream, 0.0),
            2 => Tensor.Where(inputs[0], 0.0, upstream),
            _ => null,
        };

        private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged
        {
            ReadOnlySpan<bool> condition = inputs[0].Read<bool>();
            ReadOnlySpan<T> a = MemoryMarshal.Cast<byte, T>(inputs[1].RawBytes());
            ReadOnlySpan<T> b = MemoryMarshal.Cast<byte, T>(inputs[2].RawBytes());
            Span<T> result = MemoryMarshal.Cast<byte, T>(output.WriteBytes());
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = condition[i] ? a[i] : b[i];
            }
        }
    }
}
