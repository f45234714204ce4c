
namespace Pyrite.Language.Sites;

/// <summary>The plates that a run has met, each of which must always look the same.</summary>
internal sealed class PlateLedger
{
    // A model has few plates, so looking through a list is the quickest.
    private PlateFrame[] known = [];

    /// <summary>The plates met so far.</summary>
    public IReadOnlyList<PlateFrame> Plates => known;

    /// <summary>Remembers the plates of a site.</summary>
    /// <exception cref="ModelException">A plate of the same name had another size or dimension before.</exception>
    public void Enter(Site site)
    {
        foreach (PlateFrame plate in site.PlateFrames)
        {
            PlateFrame frame = plate.IsVectorized ? plate : plate with { Index = 0 };
            int place = IndexOf(frame.Name);
            if (place < 0)
            {
                known = [.. known, frame];
                continue;
            }
            PlateFrame earlier = known[place];
            if (earlier == frame)
            {
                continue;
            }
            throw earlier.Size != frame.Size || earlier.SubsampleSize != frame.SubsampleSize
                ? SizesDiffer(frame.Name, (earlier.Size, earlier.SubsampleSize), (frame.Size, frame.SubsampleSize))
                : new ModelException(ModelError.PlateDimensionsDiffer, frame.Name,
                    $"the plate stands at {Place(earlier)} for earlier sites and at {Place(frame)} for site \"{site.Name}\", whose plates "
                        + $"are {PlateShape.Describe(site.Plates)}. Give it a dimension of its own, or keep one PlateAxis for it.");
        }
    }

    /// <summary>The error of two plates of one name.</summary>
    public static ModelException SizesDiffer(string name, (int Size, int Subsample) earlier, (int Size, int Subsample) later) =>
        new(ModelError.PlateSizesDiffer, name,
            $"two plates of this name have different sizes: {earlier.Size} (subsample {earlier.Subsample}) "
                + $"and {later.Size} (subsample {later.Subsample}). Give them different names.");

    private int IndexOf(string name)
    {
        for (int i = 0; i < known.Length; i++)
        {
            if (known[i].Name == name)
            {
                return i;
            }
        }
        return -1;
    }

    private static string Place(PlateFrame plate) => plate.IsVectorized ? $"dimension {plate.Dimension}" : "no dimension (sequential)";
}
