using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Kernels.Code;

namespace Pyrite;

/// <summary>Conversion between element types.</summary>
public static class Casting
{
    extension(Tensor x)
    {
        /// <summary>The same values as another type; integers from reals are truncated towards zero, truth is 1 or "not 0".</summary>
        public Tensor To(DType type)
        {
            if (x.IsWeak)
            {
                return Tensor.Full(Shape.Scalar, x.WeakValue, type);
            }
            return x.DType == type ? x : Executor.Apply(new CastOperation(type), new TensorSpec(x.Shape, type, x.Layout), x);
        }
    }

    internal readonly record struct CastOperation(DType Type) : IElementwiseOperation
    {
        private static readonly ElementwiseForm Truth = ElementwiseForm.Of(VectorInstruction.Truth);

        public string Name => "to";

        /// <summary>That of truth values to reals.</summary>
        public ElementwiseForm? Form => Type.IsFloatingPoint ? Truth : null;

        public DType? ConvertsTo => Type;

        public int? EntryRank => null;   // 0 stays 0

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            switch (inputs[0].DType)
            {
                case DType.Float32:
                    FromNumber(inputs[0].Read<float>(), output);
                    break;
                case DType.Float64:
                    FromNumber(inputs[0].Read<double>(), output);
                    break;
                case DType.Int64:
                    FromNumber(inputs[0].Read<long>(), output);
                    break;
                case DType.UInt8:
                    FromNumber(inputs[0].Read<byte>(), output);
                    break;
                default:
                    // A truth value is a byte of 0 or 1.
                    FromNumber(inputs[0].RawBytes(), output);
                    break;
            }
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream.To(inputs[0].DType);

        private static void FromNumber<T>(ReadOnlySpan<T> source, Tensor output) where T : unmanaged, System.Numerics.INumber<T>
        {
            switch (output.DType)
            {
                case DType.Float32:
                    TensorPrimitives.ConvertTruncating(source, output.Write<float>());
                    break;
                case DType.Float64:
                    TensorPrimitives.ConvertTruncating(source, output.Write<double>());
                    break;
                case DType.Int64:
                    TensorPrimitives.ConvertTruncating(source, output.Write<long>());
                    break;
                case DType.UInt8:
                    TensorPrimitives.ConvertTruncating(source, output.Write<byte>());
                    break;
                default:
                    Span<bool> flags = output.Write<bool>();
                    for (int i = 0; i < flags.Length; i++)
                    {
                        flags[i] = source[i] != T.Zero;
                    }
                    break;
            }
        }
    }
}
