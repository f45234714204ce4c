using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite;

/// <content>Elements in order.</content>
public static partial class Extremes
{
    extension(Tensor x)
    {
        /// <summary>The elements of an axis in order, and where they stood; equal ones keep their order.</summary>
        public (Tensor Values, Tensor Indices) Sort(int axis = -1, bool descending = false) => x.Ordered(x.ArgSort(axis, descending), axis);

        /// <summary>Where the elements of an axis stand in order; equal ones keep their order.</summary>
        public Tensor ArgSort(int axis = -1, bool descending = false) =>
            descending ? LaneIndexOperation<ArgSortDescendingKernel>.Along(x, axis) : LaneIndexOperation<ArgSortKernel>.Along(x, axis);

        /// <summary>The k largest (or smallest) elements of an axis in order, and where they stand.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The axis is shorter than k.</exception>
        public (Tensor Values, Tensor Indices) TopK(int k, int axis = -1, bool largest = true)
        {
            Tensor indices = x.ArgSort(axis, descending: largest).Slice(axis, 0, k);
            return (x.TakeAlong(indices, axis), indices);
        }
    }
}
