using Pyrite.Language.Sites;


namespace Pyrite;

/// <summary>Expands distributions to the plates between them and this handler, before handlers further out see them.</summary>
/// <remarks>Statements expand by themselves once all handlers have seen them; this does it early, and refuses distributions that do not
/// fit.</remarks>
public sealed class BroadcastHandler : Handler
{
    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        Shape allowed = PlateShape.Allowed(site.Plates);
        Shape batch = site.Distribution.BatchShape;
        for (int dimension = -1; dimension >= -Math.Min(batch.Rank, allowed.Rank); dimension--)
        {
            if (batch[dimension] != 1 && PlateShape.At(site.Plates, dimension) is { } plate && batch[dimension] != plate.SubsampleSize)
            {
                throw new ModelException(ModelError.PlateBroadcast, site.Name,
                    $"its distribution {site.Distribution.Name} has batch shape {batch}, which does not broadcast "
                        + $"to {PlateShape.Describe(site.Plates)}. Give it size 1 or {plate.SubsampleSize} at dimension {dimension}, or call "
                        + "ToEvent.");
            }
        }
        site.ExpandToPlates();
    }
}
