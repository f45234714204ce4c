using Pyrite.Engine;

namespace Pyrite;

/// <summary>Draws of a <see cref="RandomKey"/> as tensors and as single numbers.</summary>
/// <remarks>As with fills, element i (row-major) depends only on the key and i; derive a child for every draw.</remarks>
public static class RandomKeyTensors
{
    extension(RandomKey key)
    {
        /// <summary>Uniform draws from the open interval (0, 1).</summary>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64; the default precision if not given.</param>
        public Tensor Uniform(Shape shape, DType? type = null) => key.Draw(false, shape, type);

        /// <summary>Standard normal draws.</summary>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64; the default precision if not given.</param>
        public Tensor Normal(Shape shape, DType? type = null) => key.Draw(true, shape, type);

        /// <summary>Int64 draws, each of 0 … <paramref name="exclusiveMax"/> - 1 equally likely.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is below 1.</exception>
        public Tensor Integers(Shape shape, long exclusiveMax) =>
            Executor.Apply(new IntegersOperation(key, exclusiveMax), new TensorSpec(shape, DType.Int64));

        /// <summary>One uniform Float64 draw from (0, 1): the first of a fill.</summary>
        public double UniformNumber()
        {
            Span<double> draw = stackalloc double[1];
            key.FillUniform(draw);
            return draw[0];
        }

        /// <summary>One standard normal Float64 draw: the first of a fill.</summary>
        public double NormalNumber()
        {
            Span<double> draw = stackalloc double[1];
            key.FillNormal(draw);
            return draw[0];
        }

        private Tensor Draw(bool isNormal, Shape shape, DType? type)
        {
            DType actual = type ?? Precision.Default;
            return actual.IsFloatingPoint
                ? Executor.Apply(new FloatOperation(key, isNormal), new TensorSpec(shape, actual))
                : throw new ArgumentException($"{(isNormal ? "Normal" : "Uniform")} draws are Float32 or Float64; {actual} was asked for. Use Integers for whole numbers.", nameof(type));
        }
    }

    private readonly record struct FloatOperation(RandomKey Key, bool IsNormal) : IOperation
    {
        public string Name => IsNormal ? "random normal" : "random uniform";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            switch (output.DType, IsNormal)
            {
                case (DType.Float32, true):
                    Key.FillNormal(output.Write<float>());
                    break;
                case (DType.Float32, false):
                    Key.FillUniform(output.Write<float>());
                    break;
                case (_, true):
                    Key.FillNormal(output.Write<double>());
                    break;
                default:
                    Key.FillUniform(output.Write<double>());
                    break;
            }
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
    }

    private readonly record struct IntegersOperation(RandomKey Key, long ExclusiveMax) : IOperation
    {
        public string Name => "random integers";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => Key.FillIntegers(output.Write<long>(), ExclusiveMax);

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
    }
}
