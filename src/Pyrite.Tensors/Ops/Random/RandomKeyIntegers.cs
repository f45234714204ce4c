using Pyrite.Engine;

namespace Pyrite;

/// <summary>Tensors of random whole numbers, determined by a key alone.</summary>
public static class RandomKeyIntegers
{
    extension(RandomKey key)
    {
        /// <summary>Int64 draws, each of 0 … <paramref name="exclusiveMax"/> - 1 equally likely.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is below 1.</exception>
        public Tensor Integers(Shape shape, long exclusiveMax) =>
            Executor.Apply(new IntegersOperation(key, exclusiveMax), new TensorSpec(shape, DType.Int64));
    }

    private readonly record struct IntegersOperation(RandomKey Key, long ExclusiveMax) : IVaryingOperation
    {
        public string Name => "integer draw";

        /// <summary>The key changes from step to step.</summary>
        public bool Equals(IntegersOperation other) => ExclusiveMax == other.ExclusiveMax;

        public override int GetHashCode() => ExclusiveMax.GetHashCode();

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => Key.FillIntegers(output.Write<long>(), ExclusiveMax);

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
    }
}
