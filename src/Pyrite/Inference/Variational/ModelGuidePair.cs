using Pyrite.Inspection;

namespace Pyrite.Inference.Variational;

/// <summary>Runs guide and model of one particle, and refuses pairs that cannot be right.</summary>
internal static class ModelGuidePair
{
    /// <summary>The traces of the guide and of the model that replays it.</summary>
    public static (Trace Model, Trace Guide) Run(Action model, Action guide, Handler store, RandomKey key, RandomKey plateKey)
    {
        Trace guideTrace = Trace.Of(guide, store, new SeedHandler(key.Child("guide"), plateKey));
        Trace modelTrace = Trace.Of(model, store, new SeedHandler(key.Child("model"), plateKey), new ReplayHandler(guideTrace));
        Check(modelTrace, guideTrace);
        PlateCheck.Verify("guide", guideTrace);
        PlateCheck.Verify("model", modelTrace);
        return (modelTrace, guideTrace);
    }

    private static void Check(Trace model, Trace guide)
    {
        foreach (SampleSite site in model.SampleSites)
        {
            if (!site.IsObserved && guide.Find(site.Name) is not SampleSite)
            {
                throw new ModelException(site.Name, $"the model draws it, but the guide does not{Nearest(site.Name, guide)}. Sample \"{site.Name}\" in the guide too, or observe it in the model.");
            }
            if (!site.IsObserved && guide.Find(site.Name) is SampleSite drawn && drawn.Distribution.EventShape.Rank != site.Distribution.EventShape.Rank)
            {
                throw new ModelException(site.Name, $"model and guide disagree on its event: the model has event shape {site.Distribution.EventShape}, the guide {drawn.Distribution.EventShape}. Call ToEvent with the same number in both.");
            }
        }
        foreach (SampleSite site in guide.SampleSites)
        {
            if (!site.IsObserved && model.Find(site.Name) is not SampleSite)
            {
                throw new ModelException(site.Name, $"the guide draws it, but the model has no such site{Nearest(site.Name, model)}. Remove it from the guide, or sample it in the model.");
            }
            if (model.Find(site.Name) is SampleSite { IsObserved: true } && !site.IsObserved)
            {
                throw new ModelException(site.Name, "the guide draws it, but the model observes it: its draw would be ignored. Remove it from the guide, or do not observe it.");
            }
        }
    }

    private static string Nearest(string name, Trace other)
    {
        string[] names = other.SampleSites.Where(s => !s.IsObserved).Select(s => s.Name).ToArray();
        return names.Length == 0 ? " (it has no latent sites)" : $" (its latent sites: {string.Join(", ", names.OrderBy(n => EditDistance.Between(n, name)).Take(8).Select(n => $"\"{n}\""))})";
    }
}
