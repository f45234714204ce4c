namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>A plate as tables of scores know it: an axis, or one round of a sequential plate whose rounds are weighted.</summary>
/// <param name="Name">The plate's name.</param>
/// <param name="Round">The round of a sequential plate; null for a vectorized one.</param>
/// <param name="Dimension">The batch dimension, from the right; 0 for a round.</param>
/// <param name="Size">How many entries are present.</param>
/// <param name="Scale">The weight of each, from subsampling.</param>
internal sealed record PlateKey(string Name, int? Round, int Dimension, int Size, double Scale)
{
    /// <summary>The plates of a site that matter to sums: those along axes, and weighted rounds, leftmost first.</summary>
    public static PlateKey[] Of(IReadOnlyList<PlateFrame> frames) =>
        frames.Count == 0 ? [] : Sorted(frames.Where(frame => frame.IsVectorized || frame.SubsampleSize != frame.Size).Select(frame =>
            new PlateKey(frame.Name, frame.Index, frame.IsVectorized ? frame.Dimension : 0, frame.IsVectorized ? frame.SubsampleSize : 1,
                (double)frame.Size / frame.SubsampleSize)));

    /// <summary>In the order of the axes of tables.</summary>
    public static PlateKey[] Sorted(IEnumerable<PlateKey> plates) =>
        [.. plates.Distinct().OrderBy(plate => plate.Dimension).ThenBy(plate => plate.Name, StringComparer.Ordinal).ThenBy(plate => plate.Round)];
}
