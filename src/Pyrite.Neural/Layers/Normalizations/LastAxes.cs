using Pyrite.Text;

namespace Pyrite.Layers.Normalizations;

/// <summary>The last axes of an input, which a layer was built for.</summary>
internal static class LastAxes
{
    /// <summary>Refuses a shape that names no axis or is empty.</summary>
    public static void CheckNotEmpty(Shape shape)
    {
        if (shape.Rank == 0 || shape.Count == 0)
        {
            throw new ArgumentException($"Normalization needs the sizes of one axis or more, none of them 0; found {shape}.", nameof(shape));
        }
    }

    /// <summary>The axes, where their sizes are those of the layer.</summary>
    public static int[] Of(Module layer, Shape shape, Tensor x) => x.Rank >= shape.Rank && x.Shape[^shape.Rank..] == shape
        ? [.. Enumerable.Range(x.Rank - shape.Rank, shape.Rank)]
        : throw new ArgumentException(
            $"{layer} normalizes inputs [.., {NumberList.Text(shape.Sizes.ToArray())}]; the input has shape {x.Shape}. Build the layer for its last "
                + "axes.", nameof(x));
}
