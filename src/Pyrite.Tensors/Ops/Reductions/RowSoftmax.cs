using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Lanes;

namespace Pyrite;

/// <summary>Normalization of log-weights along the last axis, exact where one weight dominates.</summary>
public static class RowSoftmax
{
    extension(Tensor x)
    {
        /// <summary>log Σ exp over the last axis; -∞ of nothing but -∞.</summary>
        public Tensor LogSumExpOverLast() => Apply(x, new RowOperation(false), x.Shape[..^1]);

        /// <summary>x minus its log Σ exp over the last axis.</summary>
        public Tensor LogSoftmaxOverLast() => Apply(x, new RowOperation(true), x.Shape);
    }

    private static Tensor Apply(Tensor x, RowOperation operation, Shape shape)
    {
        Tensor real = x.DType.IsFloatingPoint ? x : x.To(Precision.Default);
        return Executor.Apply(operation, new TensorSpec(shape, real.DType), real.In(Layout.RowMajor));
    }

    private readonly record struct RowOperation(bool Subtract) : INumberOperation, IAddressOperation, IStackedOperation
    {
        public string Name => Subtract ? "log softmax" : "log sum exp";

        public int? EntryRank => Subtract ? 1 : 0;

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            if (output.DType == DType.Float32)
            {
                Run<float>(inputs[0].Read<float>(), inputs[0].Shape[^1], output.Write<float>());
            }
            else
            {
                Run<double>(inputs[0].Read<double>(), inputs[0].Shape[^1], output.Write<double>());
            }
        }

        /// <summary>The gradient of a sum is the softmax; where all is -∞ it is 0.</summary>
        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => Subtract
            ? upstream - (output.Exp() * upstream.Sum(-1, keepDimensions: true))
            : upstream.Unsqueeze(-1) * (inputs[0] - Tensor.Where(output.EqualTo(double.NegativeInfinity), 0, output).Unsqueeze(-1)).Exp();

        public long? NumberCost(ReadOnlySpan<Shape> shapes, Shape result) => shapes[0].Count == 0 ? null : 3 * shapes[0].Count;

        public int[] InNumbers(INumbers numbers, ReadOnlySpan<Shape> shapes, int[][] inputs, Shape result)
        {
            List<int> elements = [];
            foreach (int[] row in inputs[0].Chunk(shapes[0][^1]))
            {
                int sum = numbers.LogSum(row);
                elements.AddRange(Subtract ? row.Select(x => numbers.Subtract(x, sum)) : [sum]);
            }
            return [.. elements];
        }

        public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
            (typeof(RowOperation).GetMethod(nameof(Run))!, [checked((int)shapes[0][..^1].Count), shapes[0][^1], Subtract ? 1 : 0]);

        /// <summary>The kernel on plain memory.</summary>
        public static void Run(nint x, nint y, int rows, int size, int subtract) =>
            new RowOperation(subtract != 0).Run(PlainMemory.Read(x, rows * size), size,
                PlainMemory.Write(y, subtract != 0 ? rows * size : rows));

        private void Run<T>(ReadOnlySpan<T> x, int size, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int start = 0, row = 0; size > 0 && start < x.Length; start += size, row++)
            {
                ReadOnlySpan<T> values = x.Slice(start, size);
                int top = 0;
                for (int i = 1; i < size; i++)
                {
                    top = values[i] > values[top] || T.IsNaN(values[i]) ? i : top;
                }
                T greatest = T.IsInfinity(values[top]) ? T.Zero : values[top];
                double rest = 0;
                for (int i = 0; i < size; i++)
                {
                    rest += i == top ? 0 : Math.Exp(double.CreateTruncating(values[i] - greatest));
                }
                double excess = T.IsInfinity(values[top]) ? double.CreateTruncating(values[top]) : RealFunctions.Log1p(rest);
                if (!Subtract)
                {
                    y[row] = T.CreateTruncating(double.CreateTruncating(greatest) + excess);
                    continue;
                }
                for (int i = 0; i < size; i++)
                {
                    y[start + i] = T.CreateTruncating(double.CreateTruncating(values[i] - greatest) - excess);
                }
            }
        }
    }
}
