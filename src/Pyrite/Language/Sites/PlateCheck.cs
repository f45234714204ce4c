
namespace Pyrite.Language.Sites;

/// <summary>Verifies that every batch dimension of a log-density belongs to a plate.</summary>
internal static class PlateCheck
{
    /// <summary>Refuses a log-density that is batched where no plate is open, or differently from its plate.</summary>
    /// <param name="role">"model" or "guide", for the message.</param>
    /// <param name="trace">The run, for the table in the message.</param>
    /// <param name="site">The site.</param>
    /// <param name="found">The shape of its log-density.</param>
    public static void Verify(string role, Trace trace, SampleSite site, Shape found)
    {
        for (int dimension = -1; dimension >= -found.Rank; dimension--)
        {
            int size = found[dimension];
            PlateFrame? plate = size == 1 ? null : PlateShape.At(site.Plates, dimension);
            if (size != 1 && size != plate?.SubsampleSize)
            {
                throw Refusal(role, site, found, dimension, plate).With(trace.ShapeTable);
            }
        }
    }

    private static ModelException Refusal(string role, SampleSite site, Shape found, int dimension, PlateFrame? plate)
    {
        if (site.Distribution is Unit)
        {
            return new ModelException(plate is null ? ModelError.UndeclaredBatchDimension : ModelError.PlateMisfit, site.Name,
                $"the factor in the {role} has shape {found}, its plates allow {PlateShape.Allowed(site.Plates)}. Sum it to one number for each "
                    + "plate entry.");
        }
        if (plate is null && Adds(site.Mask, dimension) is { } mask && !Has(site.Distribution.BatchShape, dimension))
        {
            return new ModelException(ModelError.UndeclaredBatchDimension, site.Name,
                $"a MaskHandler around it has a mask of shape {mask}, which gives its log-probability in the {role} the shape {found}; its plates "
                    + $"allow {PlateShape.Allowed(site.Plates)}. Give one flag for each plate entry.");
        }
        if (plate is null && Adds(site.Weight, dimension) is { } weights && !Has(site.Distribution.BatchShape, dimension))
        {
            return new ModelException(ModelError.UndeclaredBatchDimension, site.Name,
                $"a ScaleHandler around it has weights of shape {weights}, which give its log-probability in the {role} the shape {found}; its "
                    + $"plates allow {PlateShape.Allowed(site.Plates)}. Give one weight for each plate entry.");
        }
        string start = $"in the {role} its log-probability has shape {found}, its plates allow {PlateShape.Allowed(site.Plates)}";
        if (plate is { } misfit)
        {
            return new ModelException(ModelError.PlateMisfit, site.Name,
                $"{start}. Make the distribution and the observation agree with plate \"{misfit.Name}\" of size {misfit.SubsampleSize} at "
                    + $"dimension {dimension}, call ToEvent(1), or open another plate for size {found[dimension]}.");
        }
        string place = Place(site.Plates, dimension);
        return new ModelException(ModelError.UndeclaredBatchDimension, site.Name,
            $"{start}{place}. Call ToEvent({-dimension}) if the dimension belongs to the event, or open a plate of size {found[dimension]} at "
                + $"dimension {dimension}.");
    }

    /// <summary>The shape of a mask or of weights that reach to a dimension.</summary>
    private static Shape? Adds(Tensor? factors, int dimension) => factors is not null && Has(factors.Shape, dimension) ? factors.Shape : null;

    private static bool Has(Shape shape, int dimension) => shape.Rank >= -dimension && shape[dimension] != 1;

    /// <summary>Where the undeclared dimension lies among the plates, if there are any.</summary>
    private static string Place(IReadOnlyList<PlateFrame> plates, int dimension)
    {
        PlateFrame[] vectorized = [.. plates.Where(p => p.IsVectorized).OrderBy(p => p.Dimension)];
        if (vectorized.Length == 0)
        {
            return "";
        }
        string? left = vectorized.LastOrDefault(p => p.Dimension < dimension).Name;
        string? right = vectorized.FirstOrDefault(p => p.Dimension > dimension).Name;
        string where = (left, right) switch
        {
            (null, _) => $"left of plate \"{right}\"",
            (_, null) => $"right of plate \"{left}\"",
            _ => $"between plates \"{left}\" and \"{right}\"",
        };
        return $"; dimension {dimension}, {where}, belongs to no plate";
    }
}
