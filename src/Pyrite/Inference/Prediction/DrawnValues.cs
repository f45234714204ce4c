using Pyrite.Language.Series;
using Pyrite.Language.Sites;


namespace Pyrite.Inference.Prediction;

/// <summary>Values from draws of a posterior.</summary>
internal sealed class DrawnValues(Draws posterior, ParamStore? parameters) : PosteriorValues(parameters)
{
    public override Handler Of(int draw, RandomKey key, RandomKey plateKey) => new DrawHandler(posterior, draw);

    public override bool Has(string name) => posterior.Contains(name);

    /// <summary>Whether a batch shape is that of the plates around a site when all of their entries are present, which they are not.</summary>
    private static bool IsWhole(SampleSite site, Shape batch)
    {
        bool isPart = false;
        for (int dimension = -1; dimension >= -batch.Rank; dimension--)
        {
            if (PlateShape.At(site.Plates, dimension) is not { } plate || plate.Size != batch[dimension])
            {
                return false;
            }
            isPart |= plate.SubsampleSize != plate.Size;
        }
        return isPart;
    }

    /// <summary>Of which entries of the site there are draws; null where they are not a part of the site as it is now.</summary>
    private static BatchPart? PartOf(SampleSite site, DrawsVariable variable)
    {
        Distribution distribution = site.Distribution;
        Shape whole = distribution.BatchShape + distribution.EventShape;
        // Draws from files do not say which entries they are of.
        BatchPart? part = variable.Part ?? BatchPart.Of(site);
        return part is not null && part.Batch == distribution.BatchShape && variable.EventShape == part.Shorten(whole) ? part : null;
    }

    private sealed class DrawHandler(Draws posterior, int draw) : Handler
    {
        /// <summary>Draws of missing entries take their places; other entries that are missing now keep what came from the prior.</summary>
        protected internal override void After(SampleSite site)
        {
            if (site.IsObserved || site.PartMask is null || !posterior.Contains(site.Name) || posterior.Variable(site.Name) is not { } variable
                || PartOf(site, variable) is not { } part)
            {
                return;
            }
            int size = checked((int)variable.EventShape.Count);
            Tensor values =
                Tensor.From(variable.Values.Slice(draw * size, size), variable.EventShape)
                    .To(site.Distribution.IsDiscrete ? DType.Float64 : site.Distribution.DType);
            Tensor others = site.Value;
            site.Value = DrawnCategories.AsDrawn(site.Distribution, part.Spread(values, site.Distribution.EventShape.Rank,
                site.Distribution.IsDiscrete ? others.To(DType.Float64) : others));
        }

        protected internal override void Before(SampleSite site)
        {
            if (site.IsObserved || !posterior.Contains(site.Name))
            {
                return;
            }
            DrawsVariable variable = posterior.Variable(site.Name);
            site.ExpandToPlates();
            Distribution distribution = site.Distribution;
            Shape expected = distribution.BatchShape + distribution.EventShape;
            int events = distribution.EventShape.Rank;
            if (variable.EventShape == expected)
            {
                int size = checked((int)expected.Count);
                DType type = distribution.IsDiscrete ? DType.Float64 : distribution.DType;
                site.Value = DrawnCategories.AsDrawn(distribution, Tensor.From(variable.Values.Slice(draw * size, size), expected).To(type));
                return;
            }
            if (site.PartMask is not null && PartOf(site, variable) is not null)
            {
                return;
            }
            bool isPlateOfOtherSize =
                variable.EventShape.Rank == expected.Rank && variable.EventShape[^events..] == distribution.EventShape && site.Plates.Count > 0;
            if (isPlateOfOtherSize && IsWhole(site, variable.EventShape[..^events]))
            {
                throw new ModelException(ModelError.ValueShape, site.Name,
                    $"its posterior draws have shape {variable.EventShape}, that of whole plates, but the model looks at a part of "
                        + $"them: {PlateShape.Describe(site.Plates)}. Predict without subsampleSize and indices.");
            }
            if (!isPlateOfOtherSize && site.PartMask is null)
            {
                throw new ModelException(ModelError.ValueShape, site.Name,
                    $"its posterior draws have shape {variable.EventShape}, but the model needs {expected} (batch shape {distribution.BatchShape}, "
                        + $"event shape {distribution.EventShape}). Predict with the model that was fitted.");
            }
        }
    }
}
