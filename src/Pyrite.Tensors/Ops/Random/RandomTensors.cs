using Pyrite.Engine;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Elementwise;

namespace Pyrite;

/// <summary>Tensors of random numbers, determined by a key alone.</summary>
public static class RandomTensors
{
    extension(RandomKey key)
    {
        /// <summary>Independent standard Normal numbers.</summary>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64; the default precision if not given.</param>
        public Tensor Normal(Shape shape, DType? type = null) => Draw(new RandomOperation(key, false), shape, type);

        /// <summary>Independent numbers uniform on the open interval (0, 1).</summary>
        /// <param name="shape">The sizes.</param>
        /// <param name="type">Float32 or Float64; the default precision if not given.</param>
        public Tensor Uniform(Shape shape, DType? type = null) => Draw(new RandomOperation(key, true), shape, type);
    }

    private static Tensor Draw(RandomOperation operation, Shape shape, DType? type)
    {
        DType actual = type ?? Precision.Default;
        return actual.IsFloatingPoint
            ? Executor.Apply(operation, new TensorSpec(shape, actual))
            : throw new ArgumentException($"Random reals are Float32 or Float64; {actual} was asked for.", nameof(type));
    }

    private readonly record struct RandomOperation(RandomKey Key, bool IsUniform) : IVaryingOperation
    {
        public string Name => IsUniform ? "uniform draw" : "normal draw";

        /// <summary>The key changes from step to step.</summary>
        public bool Equals(RandomOperation other) => IsUniform == other.IsUniform;

        public override int GetHashCode() => IsUniform.GetHashCode();

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            Body body = new(Key, IsUniform, output);
            WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
    }

    private readonly struct Body(RandomKey key, bool isUniform, Tensor output) : IParallelBody
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, output.Count);
            if (output.DType == DType.Float32)
            {
                Span<float> part = output.Write<float>()[range];
                if (isUniform)
                {
                    key.FillUniform(part, range.Start.Value);
                }
                else
                {
                    key.FillNormal(part, range.Start.Value);
                }
                return;
            }
            Span<double> values = output.Write<double>()[range];
            if (isUniform)
            {
                key.FillUniform(values, range.Start.Value);
            }
            else
            {
                key.FillNormal(values, range.Start.Value);
            }
        }
    }
}
