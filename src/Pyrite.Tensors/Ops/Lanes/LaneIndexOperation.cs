using Pyrite.Engine;

namespace Pyrite.Ops.Lanes;

/// <summary>Finds positions along the lanes of [outer, lane, inner] blocks.</summary>
internal readonly record struct LaneIndexOperation<TKernel> : IOperation
    where TKernel : struct, ILaneIndexKernel
{
    public string Name => TKernel.Name;

    /// <summary>One position for all elements along an axis, or along all of them where none is named.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static Tensor Reduce(Tensor x, int? axis, bool keepDimensions)
    {
        ReadOnlySpan<int> axes = axis is { } named ? [named] : [];
        Tensor blocks = LaneBlocks.Of(Number(x), axes);
        if (blocks.Shape[1] == 0)
        {
            throw new ArgumentException($"{TKernel.Name}: shape {x.Shape} has no elements to choose from. Check for emptiness first.");
        }
        Shape result = ReductionPlan.Result(x.Shape, ReductionPlan.Axes(x.Shape, axes), keepDimensions);
        TensorSpec spec = new([blocks.Shape[0], 1, blocks.Shape[2]], DType.Int64);
        return Executor.Apply(default(LaneIndexOperation<TKernel>), spec, blocks).Reshape(result);
    }

    /// <summary>As many positions along the axis as there are elements.</summary>
    public static Tensor Along(Tensor x, int axis)
    {
        if (x.Rank == 0)
        {
            return Tensor.Zeros(Shape.Scalar, DType.Int64);
        }
        Tensor blocks = LaneBlocks.Of(Number(x), [axis]);
        return Executor.Apply(default(LaneIndexOperation<TKernel>), new TensorSpec(blocks.Shape, DType.Int64), blocks).Reshape(x.Shape);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32:
                LaneBlocks.Run<float, long>(inputs[0], output, TKernel.Invoke);
                break;
            case DType.Float64:
                LaneBlocks.Run<double, long>(inputs[0], output, TKernel.Invoke);
                break;
            default:
                LaneBlocks.Run<long, long>(inputs[0], output, TKernel.Invoke);
                break;
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private static Tensor Number(Tensor x) =>
        x.IsWeak ? x.To(Precision.Default) : x.DType is DType.Bool or DType.UInt8 ? x.To(DType.Int64) : x.Detach();
}
