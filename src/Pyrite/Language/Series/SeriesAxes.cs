using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>Values of a site of all rounds: rounds first, as a loop takes them, or behind the plates, as the site has them.</summary>
internal static class SeriesAxes
{
    /// <summary>From [plates…, T, event…] to [T, plates…, event…].</summary>
    public static Tensor RoundsFirst(Tensor value, int plates) => plates == 0 ? value : value.Permute(
        [plates, .. Enumerable.Range(0, plates), .. Enumerable.Range(plates + 1, value.Rank - plates - 1)]);

    /// <summary>From [T, plates…, event…] to [plates…, T, event…].</summary>
    public static Tensor RoundsWithin(Tensor value, int plates) => plates == 0 ? value : value.Permute(
        [.. Enumerable.Range(1, plates), 0, .. Enumerable.Range(plates + 1, value.Rank - plates - 1)]);

    /// <summary>A value of a full shape well inside a support.</summary>
    public static Tensor Inside(Distribution law, Shape whole)
    {
        Tensor value = law.Support.ValueInside(Tensor.Zeros(whole, law.DType));
        return (value.IsWeak ? value.To(law.DType) : value).BroadcastTo(whole);
    }

    /// <summary>Slices [T, ..] repeated to a full shape in every round; null where they do not broadcast to it.</summary>
    public static Tensor? Fill(Tensor slices, Shape round)
    {
        Shape found = slices.Shape[1..];
        if (found == round)
        {
            return slices;
        }
        if (found.Rank > round.Rank || PlateShape.TryBroadcast(found, round) != round)
        {
            return null;
        }
        Shape aligned = Shape.Create([slices.Shape[0], .. Enumerable.Repeat(1, round.Rank - found.Rank)]) + found;
        return slices.Reshape(aligned).BroadcastTo(Shape.Create([slices.Shape[0]]) + round);
    }
}
