namespace Pyrite;

/// <summary>A tensor that knows which of its dimensions belong to which plate: a log-density, or a cost.</summary>
/// <remarks>Dimensions are aligned from the right: plate at dimension -2 means the last but one axis. Axes left of all plates belong to none of them
/// (the values of an enumerated site, for example) and are kept by every sum over plates.</remarks>
/// <param name="value">The numbers.</param>
/// <param name="plates">The plates around the site, outermost first.</param>
public sealed class PlateTensor(Tensor value, IReadOnlyList<PlateFrame> plates)
{
    /// <summary>The numbers.</summary>
    public Tensor Value { get; } = value;

    /// <summary>The plates of the dimensions, outermost first, sequential ones among them.</summary>
    public IReadOnlyList<PlateFrame> Plates { get; } = plates;

    /// <summary>Sums over all plates that are not among the given ones, so that what remains broadcasts with tensors of those plates.</summary>
    /// <param name="kept">The plates whose dimensions stay.</param>
    public PlateTensor SumTo(IReadOnlyList<PlateFrame> kept)
    {
        List<PlateFrame> remaining = [];
        Tensor sum = Value;
        foreach (PlateFrame plate in Plates)
        {
            if (kept.Contains(plate))
            {
                remaining.Add(plate);
            }
            else if (plate.IsVectorized && sum.Rank >= -plate.Dimension && sum.Shape[plate.Dimension] != 1)
            {
                sum = sum.Sum(plate.Dimension, keepDimensions: true);
            }
        }
        return new PlateTensor(sum, remaining);
    }

    /// <summary>The sum of two: its plates are those of both.</summary>
    /// <exception cref="ArgumentException">The values do not broadcast.</exception>
    public static PlateTensor operator +(PlateTensor a, PlateTensor b) => new(a.Value + b.Value, [.. a.Plates, .. b.Plates.Except(a.Plates)]);
}
