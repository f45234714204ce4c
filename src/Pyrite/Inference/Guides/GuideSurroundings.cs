using Pyrite.Language;


namespace Pyrite.Inference.Guides;

/// <summary>What automatic guides are told about the model of this step, where it is not as it was when they first ran: how many entries of a plate
/// are present, and what a latent is scaled by.</summary>
/// <remarks>The guide runs before the model, so a change shows when the model states the site. Guide and model then run once more; what was learnt
/// holds until the next change.</remarks>
internal sealed class GuideSurroundings : Handler
{
    private readonly Dictionary<string, int> present = [];
    private readonly Dictionary<string, double> scales = [];
    private readonly Dictionary<string, int> sizes = [];

    /// <summary>A site's plate as it is now: networks that look at data serve plates of any size, what was learnt for each entry only those of its
    /// own.</summary>
    public PlateFrame Now(GuideSite site, PlateFrame plate)
    {
        int size = sizes.GetValueOrDefault(plate.Name, plate.Size);
        return size == plate.Size
            ? plate with { SubsampleSize = Present(plate) }
            : site.IsAmortized ? plate with { Size = size, SubsampleSize = present.GetValueOrDefault(plate.Name, size) } : plate;
    }

    /// <summary>How many entries of a plate are present.</summary>
    public int Present(PlateFrame plate) => present.GetValueOrDefault(plate.Name, plate.SubsampleSize);

    /// <summary>What a site is scaled by, beside its plates.</summary>
    public double Scale(GuideSite site) => scales.GetValueOrDefault(site.Name, site.Scale);

    /// <summary>What the guide is told at this place, or null.</summary>
    public static GuideSurroundings? Current() => HandlerStack.FindInnermost<GuideSurroundings>();

    /// <summary>What a site's log-density is scaled by beside its plates.</summary>
    public static double ScaleBesidePlates(SampleSite site)
    {
        double scale = site.Scale;
        foreach (PlateFrame plate in site.PlateFrames)
        {
            scale *= (double)plate.SubsampleSize / plate.Size;
        }
        return Math.Abs(scale - 1) < 1e-9 ? 1 : scale;
    }

    /// <summary>What a model shows in a run, of which the guide is to know beforehand.</summary>
    public static GuideSurroundings Of(Trace model)
    {
        GuideSurroundings seen = new();
        foreach (SampleSite site in model.SampleSites.Where(GuidePrototype.IsLatent))
        {
            seen.scales[site.Name] = ScaleBesidePlates(site);
            foreach (PlateFrame plate in site.Plates.Where(plate => plate.IsVectorized))
            {
                (seen.sizes[plate.Name], seen.present[plate.Name]) = (plate.Size, plate.AskedSize);
            }
        }
        return seen;
    }

    /// <summary>Ends a run whose automatic guide did not know how the model surrounds a site.</summary>
    /// <param name="known">What it was told so far.</param>
    /// <param name="latent">The model's site.</param>
    /// <param name="drawn">The guide's.</param>
    /// <exception cref="SurroundingsChangedException">The guide could draw the site as the model wants it, if it were told.</exception>
    public static void Require(GuideSurroundings? known, SampleSite latent, SampleSite drawn)
    {
        if (latent.Scale == drawn.Scale && latent.PlateFrames.AsSpan().SequenceEqual(drawn.PlateFrames))
        {
            return;
        }
        if (ReferenceEquals(drawn.Options, SiteOptions.None) || drawn.Options.Find<GuideSite>() is not { } site)
        {
            return;
        }
        SurroundingsChangedException change = new() { Site = site.Name, Scale = ScaleBesidePlates(latent) };
        bool isNews = Differs(known?.Scale(site) ?? site.Scale, change.Scale);
        foreach (PlateFrame plate in latent.PlateFrames)
        {
            foreach (PlateFrame before in site.Plates)
            {
                if (plate.IsVectorized && plate.Name == before.Name && plate.Size == before.Size && plate.Dimension == before.Dimension)
                {
                    change.Present[plate.Name] = plate.AskedSize;
                    isNews |= (known?.Present(before) ?? before.SubsampleSize) != plate.AskedSize;
                }
            }
        }
        if (isNews)
        {
            throw change;
        }
    }

    /// <summary>Takes over what a run has shown.</summary>
    public void Learn(SurroundingsChangedException change)
    {
        scales[change.Site] = change.Scale;
        foreach ((string plate, int count) in change.Present)
        {
            present[plate] = count;
        }
    }

    private static bool Differs(double a, double b) => Math.Abs(a - b) > 1e-9 * Math.Abs(b);
}
