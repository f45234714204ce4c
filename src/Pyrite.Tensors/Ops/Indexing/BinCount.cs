namespace Pyrite;

/// <content>Counts of integers.</content>
public static partial class Counting
{
    extension(Tensor x)
    {
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
    }
}
