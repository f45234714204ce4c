namespace Pyrite;

/// <summary>Images and sequences of another size.</summary>
public static class Resampling
{
    extension(Tensor x)
    {
        /// <summary>Images [N, C, H, W] of another size, each pixel from the nearest one before it.</summary>
        public Tensor UpsampleNearest(AxisPair size) => x.Nearest(-2, size.Height).Nearest(-1, size.Width);

        /// <summary>Images [N, C, H, W] of another size by interpolation along both axes.</summary>
        /// <param name="size">The new height and width.</param>
        /// <param name="alignCorners">Whether the corner pixels' centres, rather than the images' edges, coincide.</param>
        public Tensor UpsampleBilinear(AxisPair size, bool alignCorners = false) =>
            x.UpsampleLinear(size.Height, alignCorners, -2).UpsampleLinear(size.Width, alignCorners);

        /// <summary>One axis of another length by interpolation between neighbours.</summary>
        /// <param name="length">The new length.</param>
        /// <param name="alignCorners">Whether the outer elements' centres, rather than the edges, coincide.</param>
        /// <param name="axis">The axis; the last one if not given.</param>
        public Tensor UpsampleLinear(int length, bool alignCorners = false, int axis = -1)
        {
            int at = x.Shape.Axis(axis);
            int size = x.Shape[at];
            CheckLength(x, at, length);
            long[] below = new long[length];
            long[] above = new long[length];
            double[] weights = new double[length];
            for (int i = 0; i < length; i++)
            {
                double place = alignCorners
                    ? i * (length > 1 ? (double)(size - 1) / (length - 1) : 0)
                    : Math.Max(0, ((i + 0.5) * size / length) - 0.5);
                below[i] = Math.Min((long)place, size - 1);
                above[i] = Math.Min(below[i] + 1, size - 1);
                weights[i] = Math.Min(1, place - below[i]);
            }
            int[] alone = [.. Enumerable.Repeat(1, x.Rank)];
            alone[at] = length;
            Tensor low = x.Take(Tensor.From(below), at);
            return low + (Tensor.From(weights).To(x.DType).Reshape(alone) * (x.Take(Tensor.From(above), at) - low));
        }

        /// <summary>Channels turned into pixels: [N, C·r², H, W] to [N, C, H·r, W·r].</summary>
        /// <exception cref="ArgumentException">The channels are no multiple of the factor's square.</exception>
        public Tensor PixelShuffle(int factor)
        {
            if (x.Rank != 4 || factor < 1 || x.Shape[1] % (factor * factor) != 0)
            {
                throw new ArgumentException($"pixel shuffle: images [N, C·{factor}², H, W] are needed; found shape {x.Shape}.");
            }
            (int channels, int height, int width) = (x.Shape[1] / (factor * factor), x.Shape[2], x.Shape[3]);
            return x.Reshape(x.Shape[0], channels, factor, factor, height, width).Permute(0, 1, 4, 2, 5, 3)
                .Reshape(x.Shape[0], channels, height * factor, width * factor);
        }

        private Tensor Nearest(int axis, int length)
        {
            int at = x.Shape.Axis(axis);
            CheckLength(x, at, length);
            long[] positions = new long[length];
            for (int i = 0; i < length; i++)
            {
                positions[i] = (long)i * x.Shape[at] / length;
            }
            return x.Take(Tensor.From(positions), at);
        }
    }

    private static void CheckLength(Tensor x, int axis, int length)
    {
        if (length < 1 || x.Shape[axis] < 1)
        {
            throw new ArgumentException($"upsample: axis {axis} of shape {x.Shape} cannot get length {length}; both must be at least 1.");
        }
    }
}
