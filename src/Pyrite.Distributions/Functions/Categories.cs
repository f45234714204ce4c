using System.Numerics;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Functions;

/// <summary>Between category numbers and one-hot vectors.</summary>
internal static class Categories
{
    extension(Tensor x)
    {
        /// <summary>A last axis with a single 1 at the number of each element.</summary>
        public Tensor ToOneHot(int count, DType type) => x.Unsqueeze(-1).EqualTo(Tensor.Range(count)).To(type);

        /// <summary>The position of the greatest element of each row of the last axis, the first of equals.</summary>
        public Tensor IndexOfGreatest() =>
            Executor.Apply(default(IndexOfGreatestOperation), new TensorSpec(x.Shape[..^1], DType.Int64), x.In(Layout.RowMajor));
    }

    private readonly record struct IndexOfGreatestOperation : IOperation
    {
        public string Name => "index of greatest";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            if (inputs[0].DType == DType.Float32)
            {
                Run(inputs[0].Read<float>(), inputs[0].Shape[^1], output.Write<long>());
            }
            else
            {
                Run(inputs[0].Read<double>(), inputs[0].Shape[^1], output.Write<long>());
            }
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

        private static void Run<T>(ReadOnlySpan<T> x, int size, Span<long> result) where T : unmanaged, INumber<T>
        {
            for (int row = 0; row < result.Length; row++)
            {
                ReadOnlySpan<T> values = x.Slice(row * size, size);
                int best = 0;
                for (int i = 1; i < size; i++)
                {
                    best = values[i] > values[best] ? i : best;
                }
                result[row] = best;
            }
        }
    }
}
