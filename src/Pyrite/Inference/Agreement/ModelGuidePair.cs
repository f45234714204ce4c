using Pyrite.Inference.Enumeration;
using Pyrite.Text;

namespace Pyrite.Inference.Agreement;

/// <summary>Refuses pairs of traces that cannot be right: sites that only one of them has, and plates.</summary>
internal static class ModelGuidePair
{
    /// <summary>Checks the two runs of one particle against each other.</summary>
    /// <exception cref="ModelException">Sites or plates do not fit.</exception>
    public static void Verify(Trace model, Trace guide)
    {
        CheckPlates(model, guide);
        foreach (Site site in model.SiteList)
        {
            if (site is not SampleSite { IsObserved: false } latent)
            {
                continue;
            }
            if (guide.Find(latent.Name) is SampleSite)
            {
                // Compared when the model stated it: LatentContract.
                continue;
            }
            if (latent.IsAuxiliary)
            {
                throw LatentContract.AuxiliaryInModel(latent);
            }
            if (!latent.IsFromPrior && !latent.IsSummedOut)
            {
                throw new ModelException(ModelError.LatentMissingInGuide, latent.Name,
                    $"the model draws it, but the guide does not. {Latents(latent.Name, "guide", guide)} Sample \"{latent.Name}\" in the guide too, "
                        + $"observe it in the model, or mark it fromPrior: true{Discrete(latent)}.");
            }
        }
        foreach (Site site in guide.SiteList)
        {
            if (site is SampleSite { IsObserved: true, Distribution: not Unit })
            {
                throw new ModelException(ModelError.GuideObserves, site.Name, model.Find(site.Name) is SampleSite
                    ? "the guide observes it, as if it were data of the guide, and the model has it, too. Data belong into the model alone: leave "
                        + "the statement out of the guide, or draw it there without observed:."
                    : "the guide observes it, and the model has no such site: the log-density of the data would be subtracted from the loss. Data "
                        + $"belong into the model alone: leave the statement out of the guide. {Observations(site.Name, model)}");
            }
            if (site is not SampleSite { IsObserved: false, IsAuxiliary: false } drawn)
            {
                continue;
            }
            switch (model.Find(drawn.Name))
            {
                case SampleSite { IsObserved: false }:
                    break;
                case SampleSite:
                    throw new ModelException(ModelError.GuideDrawsObserved, drawn.Name,
                        "the guide draws it, but the model observes it: its draw would be ignored. Remove it from the guide, or do not observe it.");
                default:
                    throw new ModelException(ModelError.LatentMissingInModel, drawn.Name,
                        $"the guide draws it, but the model has no such site. {Latents(drawn.Name, "model", model)} Remove it from the guide, sample "
                            + "it in the model, or mark it auxiliary: true.");
            }
        }
    }

    private static string Discrete(SampleSite latent) => EnumerationChoice.IsSummed(latent) && FiniteSupport.Exists(latent)
        ? "; or use EnumerationElbo, which sums it out"
        : "";

    private static void CheckPlates(Trace model, Trace guide)
    {
        for (int i = 0; i < guide.Plates.Count; i++)
        {
            for (int j = 0; j < model.Plates.Count; j++)
            {
                (PlateFrame plate, PlateFrame other) = (guide.Plates[i], model.Plates[j]);
                if (plate.Name == other.Name && plate.IsVectorized == other.IsVectorized && plate != other)
                {
                    throw LatentContract.PlatesDiffer(other, plate);
                }
            }
        }
        foreach (Site site in guide.SiteList)
        {
            if (site is PlateSite mine && model.Find(mine.Name) is PlateSite theirs && !ReferenceEquals(mine.Value, theirs.Value)
                && !mine.Value.ToArray<long>().AsSpan().SequenceEqual(theirs.Value.ToArray<long>()))
            {
                throw new ModelException(ModelError.PlatesDiffer, mine.Name,
                    $"model and guide look at different entries of the plate: the model at {theirs.Value}, the guide at {mine.Value}. Give both the "
                        + "same indices; an automatic guide takes them from its PlateIndices.");
            }
        }
    }

    private static string Observations(string name, Trace model)
    {
        string[] names = [.. model.SampleSites.Where(s => s.IsObserved).Select(s => s.Name)];
        return names.Length == 0 ? "The model observes nothing." : $"The model observes {NearestNames.List(name, names)}.";
    }

    private static string Latents(string name, string role, Trace other)
    {
        string[] names = [.. other.SampleSites.Where(s => !s.IsObserved).Select(s => s.Name)];
        return names.Length == 0 ? $"The {role} has no latent sites." : $"The latent sites of the {role}: {NearestNames.List(name, names)}.";
    }
}
