using Pyrite.Transforms;

namespace Pyrite;

/// <summary>Puts transforms on data sets of images.</summary>
public static class ImageTransforming
{
    extension(Dataset data)
    {
        /// <summary>The same rows, their first field transformed whenever a batch is made.</summary>
        /// <remarks>
        /// <c>mnist.Train.Transform(seed: 0, ImageTransform.Shift(2), ImageTransform.BinarizeAtRandom())</c>. The draws come from the seed, the
        /// epoch, the row and the transform's place: the same at any batch size, order and thread count. Put <see cref="Dataset.Subset"/> or
        /// <see cref="Dataset.Split"/> before transforms that only training should have.
        /// </remarks>
        /// <param name="seed">Determines every draw.</param>
        /// <param name="transforms">What is done, in this order.</param>
        /// <returns>A view of the set; the field's shape is that after the last transform.</returns>
        /// <exception cref="ArgumentException">The first field is not Float32 [channels, rows, columns], or a transform does not take its
        /// shape.</exception>
        public Dataset Transform(ulong seed, params ReadOnlySpan<ImageTransform> transforms)
        {
            ArgumentNullException.ThrowIfNull(data);
            return new TransformedImages(data, RandomKey.FromSeed(seed).Child("transforms"), transforms.ToArray());
        }
    }
}
