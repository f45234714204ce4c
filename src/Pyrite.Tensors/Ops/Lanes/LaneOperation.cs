using System.Reflection;
using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Memory;

namespace Pyrite.Ops.Lanes;

/// <summary>Applies a lane function to [outer, lane, inner] blocks; the result has one element a lane, or the lane's length.</summary>
internal readonly record struct LaneOperation<TKernel>(bool Reduces) : INumberOperation, IAddressOperation, ILogSumOperation
    where TKernel : struct, ILaneKernel
{
    public string Name => TKernel.Name;

    public bool IsLogSum => Reduces && TKernel.IsLogSum;

    /// <summary>One element for all elements along the named axes.</summary>
    /// <exception cref="ArgumentException">The axes hold no elements.</exception>
    public static Tensor Reduce(Tensor x, ReadOnlySpan<int> axes, bool keepDimensions)
    {
        x = Real(x);
        Tensor blocks = LaneBlocks.Of(x, axes);
        Shape result = ReductionPlan.Result(x.Shape, ReductionPlan.Axes(x.Shape, axes), keepDimensions);
        if (blocks.Shape[1] == 0 && result.Count > 0)
        {
            return TKernel.OfNothing is { } value
                ? Tensor.Full(result, value, x.DType)
                : throw new ArgumentException(
                    $"{TKernel.Name}: shape {x.Shape} has no elements along the reduced axes, and {TKernel.Name} of none is not defined. Check for "
                        + "emptiness first.");
        }
        TensorSpec spec = new([blocks.Shape[0], 1, blocks.Shape[2]], x.DType);
        return Executor.Apply(new LaneOperation<TKernel>(true), spec, blocks).Reshape(result);
    }

    /// <summary>As many elements along the axis as before.</summary>
    public static Tensor Along(Tensor x, int axis)
    {
        x = Real(x);
        if (x.Rank == 0)
        {
            return Along(x.Reshape(1), 0).Reshape(Shape.Scalar);
        }
        Tensor blocks = LaneBlocks.Of(x, [axis]);
        return Executor.Apply(new LaneOperation<TKernel>(false), new TensorSpec(blocks.Shape, x.DType), blocks).Reshape(x.Shape);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            LaneBlocks.Run<float, float>(inputs[0], output, TKernel.Invoke);
        }
        else
        {
            LaneBlocks.Run<double, double>(inputs[0], output, TKernel.Invoke);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor? gradient = TKernel.Pullback(inputs[0], output, upstream);
        return SilentZeros.IsOn && gradient is not null ? SilentZeros.KeepLanes(gradient, upstream) : gradient;
    }

    public long? NumberCost(ReadOnlySpan<Shape> shapes, Shape result) => TKernel.Numbers is null ? null : 3 * shapes[0].Count;

    public int[] InNumbers(INumbers numbers, ReadOnlySpan<Shape> shapes, int[][] inputs, Shape result)
    {
        (int length, int inner, int results) = (shapes[0][1], shapes[0][2], result[1]);
        int[] elements = new int[result.Count], lane = new int[length];
        for (int number = 0; number < elements.Length / results; number++)
        {
            (int outer, int column) = Math.DivRem(number, inner);
            for (int i = 0; i < length; i++)
            {
                lane[i] = inputs[0][(((outer * length) + i) * inner) + column];
            }
            int[] computed = TKernel.Numbers!(numbers, lane);
            for (int i = 0; i < results; i++)
            {
                elements[(((outer * results) + i) * inner) + column] = computed[i];
            }
        }
        return elements;
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) => shapes[0].Count > LaneBlocks.Grain
        ? null
        : (typeof(LaneOperation<TKernel>).GetMethod(nameof(Run))!, [.. shapes[0].Sizes, result[1]]);

    /// <summary>The kernel on plain memory.</summary>
    public static void Run(nint x, nint y, int outer, int length, int inner, int results)
    {
        const int Stack = 256;
        ReadOnlySpan<double> source = PlainMemory.Read(x, outer * length * inner);
        Span<double> target = PlainMemory.Write(y, outer * results * inner);
        Span<double> lane = length <= Stack ? stackalloc double[Stack] : new double[length];
        Span<double> computed = results <= Stack ? stackalloc double[Stack] : new double[results];
        for (int i = 0; i < outer; i++)
        {
            if (inner == 1)
            {
                TKernel.Invoke(source.Slice(i * length, length), target.Slice(i * results, results));
                continue;
            }
            for (int column = 0; column < inner; column++)
            {
                for (int k = 0; k < length; k++)
                {
                    lane[k] = source[(((i * length) + k) * inner) + column];
                }
                TKernel.Invoke<double>(lane[..length], computed[..results]);
                for (int k = 0; k < results; k++)
                {
                    target[(((i * results) + k) * inner) + column] = computed[k];
                }
            }
        }
    }

    private static Tensor Real(Tensor x) => x.IsWeak || !x.DType.IsFloatingPoint ? x.To(Precision.Default) : x;
}
