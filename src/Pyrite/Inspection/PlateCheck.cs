namespace Pyrite.Inspection;

/// <summary>Verifies that every batch dimension of a log-density belongs to a plate.</summary>
internal static class PlateCheck
{
    /// <summary>Refuses a trace in which a site is batched where no plate is open, or differently from its plate.</summary>
    /// <param name="role">"model" or "guide", for the message.</param>
    /// <param name="trace">The run to check.</param>
    public static void Verify(string role, Trace trace)
    {
        foreach (Site site in trace.Sites)
        {
            if (site is SampleSite sample)
            {
                Verify(role, trace, sample);
            }
        }
    }

    private static void Verify(string role, Trace trace, SampleSite site)
    {
        Shape found = site.LogProb().Shape;
        for (int dimension = -1; dimension >= -found.Rank; dimension--)
        {
            int size = found[dimension];
            int? plate = null;
            foreach (PlateFrame frame in site.Plates)
            {
                if (frame.Dimension == dimension)
                {
                    plate = frame.SubsampleSize;
                }
            }
            if (size != 1 && size != plate)
            {
                throw new ModelException(site.Name, Message(role, site, found, dimension, plate) + "\n" + trace.ShapeTable());
            }
        }
    }

    private static string Message(string role, SampleSite site, Shape found, int dimension, int? plate)
    {
        string remedy = plate is null
            ? $"Call ToEvent({-dimension}) if the dimension belongs to the event, or open a plate of size {found[dimension]} at dimension {dimension}"
            : $"Make the distribution and the observation agree with the plate of size {plate} at dimension {dimension}, call ToEvent(1), or open another plate for size {found[dimension]}";
        return $"in the {role} its log-probability has shape {found}, its plates allow {Allowed(site)}. {remedy}.";
    }

    private static string Allowed(SampleSite site)
    {
        int rank = site.Plates.Count == 0 ? 0 : site.Plates.Max(p => -p.Dimension);
        int[] sizes = new int[rank];
        Array.Fill(sizes, 1);
        foreach (PlateFrame frame in site.Plates)
        {
            sizes[rank + frame.Dimension] = frame.SubsampleSize;
        }
        return Shape.Create(sizes).ToString();
    }
}
