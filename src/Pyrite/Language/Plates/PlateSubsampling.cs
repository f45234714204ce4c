namespace Pyrite.Language.Plates;

/// <summary>Takes from whole arrays the part that belongs to the indices present.</summary>
internal static class PlateSubsampling
{
    /// <summary>The rows of one axis.</summary>
    public static Tensor Rows(PlateSite site, Tensor data, int axis)
    {
        if (data.Rank == 0 || axis >= data.Rank || axis < -data.Rank || data.Shape[axis] != site.Size)
        {
            string place = axis == 0 ? "its first axis" : $"axis {axis}";
            throw new ModelException(ModelError.SubsampleShape, site.Name,
                $"the plate has size {site.Size}, but the data to subsample has shape {data.Shape}; {place} must be the plate's size.");
        }
        return site.SubsampleSize == site.Size && !site.IsGiven ? data : data.Take(site.Value, axis);
    }

    /// <summary>The part of an array that belongs to all open plates, each along its own dimension.</summary>
    /// <param name="owner">The site to blame; null for data.</param>
    /// <param name="whole">Batch dimensions of full plate size (or 1), then event dimensions.</param>
    /// <param name="eventDimensions">How many last axes belong to one entry.</param>
    public static Tensor Present(string? owner, Tensor whole, int eventDimensions)
    {
        HandlerStack.RequireOwnThread(owner, owner is null ? "a subsample of data" : "the statement");
        foreach (PlateHandler plate in HandlerStack.OpenPlates())
        {
            int axis = plate.Frame.Dimension - eventDimensions;
            if (!plate.Frame.IsVectorized || whole.Rank < -axis || whole.Shape[axis] == 1)
            {
                continue;
            }
            if (whole.Shape[axis] != plate.Frame.Size)
            {
                string what = owner is null ? "the data to subsample" : $"parameter \"{owner}\"";
                throw new ModelException(ModelError.SubsampleShape, owner ?? plate.Frame.Name,
                    $"{what} has shape {whole.Shape} with {eventDimensions} event dimensions, so axis {axis} must be the whole "
                        + $"size {plate.Frame.Size} of plate \"{plate.Frame.Name}\"; found {whole.Shape[axis]}. Pass all of it, not the part "
                        + "present, and say how many last axes are event dimensions.");
            }
            whole = Rows(plate.Site, whole, axis);
        }
        return whole;
    }
}
