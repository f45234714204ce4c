using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>A site that is summed out, all values at once.</summary>
/// <param name="Site">The site as the model states it.</param>
/// <param name="Axis">The hidden axis of its values.</param>
/// <param name="Plates">The plates that it is in.</param>
/// <param name="Support">Its values, [K, .. 1 or batch, .. event].</param>
/// <param name="Possible">Which values are possible where supports differ between rows, lifted; null where all are.</param>
/// <param name="Uniform">The log-probability of each value where all that are possible are alike.</param>
internal sealed record EnumeratedSite(SampleSite Site, HiddenAxis Axis, PlateKey[] Plates, Tensor Support, Tensor? Possible, Tensor Uniform)
{
    /// <summary>The plates whose entries have tables of their own: those of more than one entry, or of a weight.</summary>
    public PlateKey[] SumPlates { get; } = Plates.Length == 0 ? Plates : Array.FindAll(Plates, plate => plate.Size > 1 || plate.Scale != 1);

    /// <summary>The batch shape of the site.</summary>
    public Shape Batch => Site.Distribution.BatchShape;
}
