using Pyrite.Inspection;
using Pyrite.Sites;

namespace Pyrite.Inference.Variational;

/// <summary>Refuses pairs of traces that cannot be right.</summary>
internal static class ModelGuidePair
{
    /// <summary>Checks the two runs of one particle against each other, and each for itself.</summary>
    /// <exception cref="ModelException">Sites, shapes or plates do not fit.</exception>
    public static void Verify(Trace model, Trace guide)
    {
        Check(model, guide);
        PlateCheck.Verify("guide", guide);
        PlateCheck.Verify("model", model);
    }

    private static void Check(Trace model, Trace guide)
    {
        CheckPlates(model, guide);
        foreach (Site site in model.SiteList)
        {
            if (site is not SampleSite { IsObserved: false } latent)
            {
                continue;
            }
            CheckRoles(latent, guide);
            if (guide.Find(latent.Name) is SampleSite drawn)
            {
                CheckShapes(latent, drawn, model, guide);
            }
            else if (!latent.IsFromPrior)
            {
                throw new ModelException(ModelError.LatentMissingInGuide, latent.Name, $"the model draws it, but the guide does not. {Latents(latent.Name, "guide", guide)} Sample \"{latent.Name}\" in the guide too, observe it in the model, or mark it fromPrior: true.");
            }
        }
        foreach (Site site in guide.SiteList)
        {
            if (site is SampleSite { IsObserved: true, Distribution: not Unit } && model.Find(site.Name) is SampleSite)
            {
                throw new ModelException(ModelError.GuideObserves, site.Name, "the guide observes it, as if it were data of the guide, and the model has it, too. Data belong into the model alone: leave the statement out of the guide, or draw it there without observed:.");
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
                    throw new ModelException(ModelError.GuideDrawsObserved, drawn.Name, "the guide draws it, but the model observes it: its draw would be ignored. Remove it from the guide, or do not observe it.");
                default:
                    throw new ModelException(ModelError.LatentMissingInModel, drawn.Name, $"the guide draws it, but the model has no such site. {Latents(drawn.Name, "model", model)} Remove it from the guide, sample it in the model, or mark it auxiliary: true.");
            }
        }
    }

    /// <summary>A site of the guide alone is not in the model, and one that keeps its prior is not in the guide.</summary>
    private static void CheckRoles(SampleSite latent, Trace guide)
    {
        if (latent.IsAuxiliary)
        {
            throw new ModelException(ModelError.RolesContradict, latent.Name, "the model marks it auxiliary: true, which is for draws of the guide alone. Leave the mark out; a latent of the model that shall keep its prior is marked fromPrior: true.");
        }
        if (guide.Find(latent.Name) is not SampleSite drawn)
        {
            return;
        }
        if (latent.IsFromPrior)
        {
            throw new ModelException(ModelError.RolesContradict, latent.Name, "the model marks it fromPrior: true, but the guide draws it. Leave the mark out, or take it out of the guide.");
        }
        if (drawn.IsAuxiliary)
        {
            throw new ModelException(ModelError.RolesContradict, latent.Name, "the guide marks it auxiliary: true, but the model has it. Leave the mark out, or take it out of the model.");
        }
    }

    private static void CheckShapes(SampleSite latent, SampleSite drawn, Trace model, Trace guide)
    {
        Distribution prior = latent.Distribution;
        Distribution posterior = drawn.Distribution;
        if (posterior.EventShape != prior.EventShape)
        {
            throw new ModelException(ModelError.EventShapesDiffer, latent.Name, $"model and guide disagree on its event: the model has event shape {prior.EventShape}, the guide {posterior.EventShape}. Call ToEvent with the same number in both.\nGuide: {guide.ShapeTable()}\nModel:").With(model);
        }
        int rank = Math.Max(prior.BatchShape.Rank, posterior.BatchShape.Rank);
        for (int i = 1; i <= rank; i++)
        {
            if (Size(prior.BatchShape, i) != Size(posterior.BatchShape, i))
            {
                throw new ModelException(ModelError.BatchShapesDiffer, latent.Name, $"model and guide disagree on its batch: the model has batch shape {prior.BatchShape} in {PlateShape.Describe(latent.Plates)}, the guide {posterior.BatchShape} in {PlateShape.Describe(drawn.Plates)}. Open the same plates around it in both, and give the guide's parameters no axes beyond them.\nGuide: {guide.ShapeTable()}\nModel:").With(model);
            }
        }
    }

    private static void CheckPlates(Trace model, Trace guide)
    {
        for (int i = 0; i < guide.Plates.Count; i++)
        {
            for (int j = 0; j < model.Plates.Count; j++)
            {
                (PlateFrame plate, PlateFrame other) = (guide.Plates[i], model.Plates[j]);
                if (plate.Name == other.Name && plate.IsVectorized == other.IsVectorized && plate != other)
                {
                    throw new ModelException(ModelError.PlatesDiffer, plate.Name, $"model and guide disagree on the plate: the model has {PlateShape.Describe([other])}, the guide {PlateShape.Describe([plate])}. Keep one PlateAxis and enter it in both, or give the same size, subsample size and dimension.");
                }
            }
        }
        foreach (Site site in guide.SiteList)
        {
            if (site is PlateSite mine && model.Find(mine.Name) is PlateSite theirs && (mine.IsGiven || theirs.IsGiven)
                && !ReferenceEquals(mine.Value, theirs.Value) && !mine.Value.ToArray<long>().AsSpan().SequenceEqual(theirs.Value.ToArray<long>()))
            {
                throw new ModelException(ModelError.PlatesDiffer, mine.Name, $"model and guide look at different entries of the plate: the model at {theirs.Value}, the guide at {mine.Value}. Give both the same indices.");
            }
        }
    }

    private static int Size(Shape shape, int fromRight) => fromRight <= shape.Rank ? shape[-fromRight] : 1;

    private static string Latents(string name, string role, Trace other)
    {
        string[] names = [.. other.SampleSites.Where(s => !s.IsObserved).Select(s => s.Name)];
        return names.Length == 0 ? $"The {role} has no latent sites." : $"The latent sites of the {role}: {NearestNames.List(name, names)}.";
    }
}
