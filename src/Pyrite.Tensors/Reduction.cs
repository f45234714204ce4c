using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite;

/// <summary>Sums and means over axes.</summary>
/// <remarks>The order of additions depends on shapes alone, so the bits are the same at any thread count.</remarks>
public static class Reduction
{
    extension(Tensor x)
    {
        /// <summary>The sum of all elements, a scalar; integers and truth values sum to Int64.</summary>
        public Tensor Sum() => x.Sum([]);

        /// <summary>The sum over one axis.</summary>
        public Tensor Sum(int axis, bool keepDimensions = false) => x.Sum([axis], keepDimensions);

        /// <summary>The sum over several axes; over all where none are named.</summary>
        /// <param name="axes">Axes, negative ones counted from the end.</param>
        /// <param name="keepDimensions">Whether summed axes stay with size 1.</param>
        public Tensor Sum(ReadOnlySpan<int> axes, bool keepDimensions = false)
        {
            if (x.IsWeak)
            {
                return x;
            }
            Tensor source = x.DType is DType.Bool or DType.UInt8 ? x.To(DType.Int64) : x;
            if (axes.Length == 0 && !keepDimensions)
            {
                if (x.Shape.Count == 1)
                {
                    return source.Reshape(Shape.Scalar);
                }
                Tensor whole = source.Layout == Layout.RowMajor ? source : source.AsFlatImages();
                return Executor.Apply(new SumOperation(1, x.Count, 1), new TensorSpec(Shape.Scalar, source.DType), whole);
            }
            if (source.Layout == Layout.RowMajor && ReductionPlan.TrailingAxes(x.Rank, axes) is > 0 and int trailing)
            {
                Shape kept = x.Shape[..^trailing];
                int rows = checked((int)kept.Count);
                int length = checked((int)x.Shape[^trailing..].Count);
                Shape shape = keepDimensions ? ReductionPlan.WithOnes(kept, trailing) : kept;
                return length == 1
                    ? source.Reshape(shape)
                    : Executor.Apply(new SumOperation(rows, length, 1), new TensorSpec(shape, source.DType), source);
            }
            bool[] reduced = ReductionPlan.Axes(x.Shape, axes);
            if (source.Layout == Layout.ChannelsLast && !(reduced[1] && reduced[2] && reduced[3]))
            {
                source = source.In(Layout.RowMajor);
            }
            Shape result = ReductionPlan.Result(x.Shape, reduced, keepDimensions);
            Tensor value = source.Layout == Layout.RowMajor ? source : source.AsFlatImages();
            List<(int Outer, int Reduced, int Inner)> passes = ReductionPlan.Passes(x.Shape, reduced);
            for (int i = 0; i < passes.Count; i++)
            {
                (int outer, int count, int inner) = passes[i];
                Shape shape = i == passes.Count - 1 ? result : [outer, inner];
                value = Executor.Apply(new SumOperation(outer, count, inner), new TensorSpec(shape, value.DType), value);
            }
            return value.Reshape(result);
        }

        /// <summary>The mean of all elements, a scalar; NaN of none.</summary>
        public Tensor Mean() => x.Mean([]);

        /// <summary>The mean over one axis.</summary>
        public Tensor Mean(int axis, bool keepDimensions = false) => x.Mean([axis], keepDimensions);

        /// <summary>The mean over several axes; over all where none are named.</summary>
        /// <param name="axes">Axes, negative ones counted from the end.</param>
        /// <param name="keepDimensions">Whether averaged axes stay with size 1.</param>
        public Tensor Mean(ReadOnlySpan<int> axes, bool keepDimensions = false)
        {
            Tensor real = x.IsWeak || x.DType.IsFloatingPoint ? x : x.To(Precision.Default);
            double count = 1;
            bool[] reduced = ReductionPlan.Axes(x.Shape, axes);
            for (int axis = 0; axis < reduced.Length; axis++)
            {
                count *= reduced[axis] ? x.Shape[axis] : 1;
            }
            return real.Sum(axes, keepDimensions) / count;
        }

        /// <summary>Sums axes away until the shape is that of an operand that was broadcast to this one.</summary>
        public Tensor SumTo(Shape shape)
        {
            if (x.Shape == shape)
            {
                return x;
            }
            int extra = x.Rank - shape.Rank;
            List<int> axes = [];
            for (int axis = 0; axis < x.Rank; axis++)
            {
                if (axis < extra || (shape[axis - extra] == 1 && x.Shape[axis] != 1))
                {
                    axes.Add(axis);
                }
            }
            return (axes.Count == 0 ? x : x.Sum(axes.ToArray())).Reshape(shape);
        }
    }
}
