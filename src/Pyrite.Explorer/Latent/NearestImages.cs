namespace Pyrite.Latent;

/// <summary>The images of a set that differ least from a given one, pixel by pixel.</summary>
internal static class NearestImages
{
    /// <summary>Places of the nearest images and their distances, root mean squares from 0 to 255, the nearest first.</summary>
    /// <param name="images">Where to look.</param>
    /// <param name="image">One image of their size.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<(int Index, double Distance)> Find(LabelledImages images, ReadOnlySpan<byte> image, int count)
    {
        int size = image.Length, row = images.Columns;
        ReadOnlySpan<byte> pixels = images.Pixels.Span;
        List<(int Index, long Sum)> best = [];
        long limit = long.MaxValue;
        for (int i = 0; i < images.Count; i++)
        {
            ReadOnlySpan<byte> other = pixels.Slice(i * size, size);
            long sum = 0;

            // Most images are too far away after a few rows.
            for (int at = 0; at < size && sum < limit; at += row)
            {
                int ofRow = 0;
                for (int k = at; k < at + row; k++)
                {
                    int difference = image[k] - other[k];
                    ofRow += difference * difference;
                }
                sum += ofRow;
            }
            if (sum < limit)
            {
                int place = best.FindIndex(found => found.Sum > sum);
                best.Insert(place < 0 ? best.Count : place, (i, sum));
                if (best.Count > count)
                {
                    best.RemoveAt(count);
                }
                limit = best.Count == count ? best[^1].Sum : long.MaxValue;
            }
        }
        return best.ConvertAll(found => (found.Index, Math.Sqrt((double)found.Sum / size)));
    }
}
