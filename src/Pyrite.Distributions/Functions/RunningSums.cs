namespace Pyrite.Functions;

/// <summary>Sums along the last axis, from either end.</summary>
internal static class RunningSums
{
    extension(Tensor x)
    {
        /// <summary>The sum of each element and all before it.</summary>
        public Tensor RunningSum() => (x.DType.IsFloatingPoint ? x : x.To(Precision.Default)).CumulativeSum(-1);

        /// <summary>The sum of each element and all after it.</summary>
        public Tensor RunningSumFromEnd() => x.Flip(-1).RunningSum().Flip(-1);

        /// <summary>The sum of all elements after each one, without it.</summary>
        public Tensor RemainderAfter()
        {
            int size = x.Shape[^1];
            Tensor sums = x.RunningSumFromEnd().Slice(-1, 1, size - 1);
            return Tensor.Concat([sums, Tensor.Zeros(x.Shape[..^1] + [1], sums.DType)], -1);
        }

        /// <summary>The row moved one place to the right, 0 coming in from the left.</summary>
        public Tensor ShiftedRight() => Tensor.Concat([Tensor.Zeros(x.Shape[..^1] + [1], x.DType), x.Slice(-1, 0, x.Shape[^1] - 1)], -1);
    }
}
