using Pyrite.Engine;
using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite;

/// <summary>The softmax along an axis, its logarithm, and the logarithm of a sum of exponentials.</summary>
public static class SoftmaxFunctions
{
    extension(Tensor x)
    {
        /// <summary>log Σ eˣ over axes, over all where none are named; exact for any size.</summary>
        public Tensor LogSumExp(ReadOnlySpan<int> axes, bool keepDimensions = false)
        {
            if (axes.Length != 1 || x.IsWeak || !x.DType.IsFloatingPoint || !ColumnLogSumOperation.Suits(x.Shape, x.Shape.Axis(axes[0])))
            {
                return LaneOperation<LogSumExpLaneKernel>.Reduce(x, axes, keepDimensions);
            }
            Tensor blocks = LaneBlocks.Of(x, axes);
            TensorSpec spec = new([blocks.Shape[0], 1, blocks.Shape[2]], x.DType);
            return Executor.Apply(new ColumnLogSumOperation(), spec, blocks)
                .Reshape(ReductionPlan.Result(x.Shape, ReductionPlan.Axes(x.Shape, axes), keepDimensions));
        }

        /// <summary>log Σ eˣ over one axis.</summary>
        public Tensor LogSumExp(int axis, bool keepDimensions = false) => x.LogSumExp([axis], keepDimensions);

        /// <summary>eˣ / Σ eˣ along an axis.</summary>
        public Tensor Softmax(int axis = -1) => LaneOperation<SoftmaxLaneKernel>.Along(x, axis);

        /// <summary>x - log Σ eˣ along an axis.</summary>
        public Tensor LogSoftmax(int axis = -1) => LaneOperation<LogSoftmaxLaneKernel>.Along(x, axis);
    }
}
