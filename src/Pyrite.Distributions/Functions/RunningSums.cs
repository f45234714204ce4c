using Pyrite.Engine;

namespace Pyrite.Functions;

/// <summary>Sums along the last axis, from either end.</summary>
internal static class RunningSums
{
    extension(Tensor x)
    {
        /// <summary>The sum of each element and all before it.</summary>
        public Tensor RunningSum() => Scan(x, fromEnd: false);

        /// <summary>The sum of each element and all after it.</summary>
        public Tensor RunningSumFromEnd() => Scan(x, fromEnd: true);

        /// <summary>The sum of all elements after each one, without it.</summary>
        public Tensor RemainderAfter()
        {
            int size = x.Shape[^1];
            Tensor sums = x.RunningSumFromEnd().Slice(-1, 1, size - 1);
            return Tensor.Concat([sums, Tensor.Zeros(x.Shape[..^1] + [1], x.DType)], -1);
        }

        /// <summary>The row moved one place to the right, 0 coming in from the left.</summary>
        public Tensor ShiftedRight() => Tensor.Concat([Tensor.Zeros(x.Shape[..^1] + [1], x.DType), x.Slice(-1, 0, x.Shape[^1] - 1)], -1);
    }

    private static Tensor Scan(Tensor x, bool fromEnd)
    {
        Tensor real = x.DType.IsFloatingPoint ? x : x.To(Precision.Default);
        return Executor.Apply(new ScanOperation(fromEnd), new TensorSpec(x.Shape, real.DType), real.In(Layout.RowMajor));
    }

    private readonly record struct ScanOperation(bool FromEnd) : IOperation
    {
        public string Name => "running sum";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            int size = output.Shape[^1];
            if (output.DType == DType.Float32)
            {
                Run(inputs[0].Read<float>(), output.Write<float>(), size);
            }
            else
            {
                Run(inputs[0].Read<double>(), output.Write<double>(), size);
            }
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => Scan(upstream, !FromEnd);

        private void Run<T>(ReadOnlySpan<T> x, Span<T> y, int size) where T : unmanaged, System.Numerics.INumber<T>
        {
            for (int start = 0; size > 0 && start < x.Length; start += size)
            {
                T sum = T.Zero;
                for (int i = 0; i < size; i++)
                {
                    int at = start + (FromEnd ? size - 1 - i : i);
                    sum += x[at];
                    y[at] = sum;
                }
            }
        }
    }
}
