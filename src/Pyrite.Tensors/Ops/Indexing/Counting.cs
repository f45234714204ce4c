namespace Pyrite;

/// <summary>Codes, counts and places of integers and sorted numbers.</summary>
public static class Counting
{
    extension(Tensor x)
    {
        /// <summary>A new last axis with 1 at the class that each integer names and 0 elsewhere (Int64).</summary>
        /// <exception cref="ArgumentException">An integer is outside 0 … classes - 1.</exception>
        public Tensor OneHot(int classes)
        {
            x.CheckRange("one hot", classes);
            return x.Unsqueeze(-1).EqualTo(Tensor.Range(classes)).To(DType.Int64);
        }

        /// <summary>How often each integer from 0 occurs in the tensor (Int64).</summary>
        /// <param name="minimumLength">The result is at least this long.</param>
        /// <exception cref="ArgumentException">An integer is negative.</exception>
        public Tensor BinCount(int minimumLength = 0)
        {
            x.CheckRange("bin count", int.MaxValue);
            long[] values = x.ToArray<long>();
            long[] counts = new long[Math.Max(minimumLength, values.Length == 0 ? 0 : values.Max() + 1)];
            foreach (long value in values)
            {
                counts[value]++;
            }
            return Tensor.From(counts);
        }

        /// <summary>Where each value would have to stand in a sorted vector (x) to keep it sorted (Int64, of the shape of the values).</summary>
        /// <param name="values">What to place.</param>
        /// <param name="right">Whether to stand behind equal elements instead of before them.</param>
        /// <exception cref="ArgumentException">x is no vector.</exception>
        public Tensor SearchSorted(Tensor values, bool right = false)
        {
            if (x.Rank != 1)
            {
                throw new ArgumentException($"search sorted: a sorted vector is needed; found shape {x.Shape}.");
            }
            double[] sorted = x.ToArray<double>();
            double[] wanted = values.ToArray<double>();
            long[] places = new long[wanted.Length];
            for (int i = 0; i < places.Length; i++)
            {
                (int low, int high) = (0, sorted.Length);
                while (low < high)
                {
                    int middle = (low + high) / 2;
                    bool isBefore = right ? !(sorted[middle] > wanted[i]) : sorted[middle] < wanted[i];
                    (low, high) = isBefore ? (middle + 1, high) : (low, middle);
                }
                places[i] = low;
            }
            return Tensor.From<long>(places, values.Shape);
        }

        private void CheckRange(string operation, long limit)
        {
            if (x.DType != DType.Int64)
            {
                throw new ArgumentException($"{operation}: integers are needed; found {x.DType}. Convert with To(DType.Int64).");
            }
            foreach (long value in x.ToArray<long>())
            {
                if (value < 0 || value >= limit)
                {
                    throw new ArgumentException($"{operation}: integers from 0 to {limit - 1} are needed; found {value}.");
                }
            }
        }
    }
}
