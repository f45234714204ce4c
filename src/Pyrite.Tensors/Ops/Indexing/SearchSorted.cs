namespace Pyrite;

/// <content>Places in sorted vectors.</content>
public static partial class Counting
{
    extension(Tensor x)
    {
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
    }
}
