using Pyrite.Inspection;

namespace Pyrite;

/// <summary>The record of one run of a model: every statement with its value, in order.</summary>
public sealed class Trace
{
    private readonly List<Site> sites = new(8);
    private readonly Dictionary<string, Site> byName = new(8);

    internal Trace()
    {
    }

    /// <summary>All sites in the order of the run.</summary>
    public IReadOnlyList<Site> Sites => sites;

    /// <summary>The random variables, observed and latent.</summary>
    public IEnumerable<SampleSite> SampleSites => sites.OfType<SampleSite>();

    /// <summary>The site of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the names.</exception>
    public Site this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"The trace has no site \"{name}\". It has: {string.Join(", ", sites.Select(s => s.Name))}.");

    /// <summary>Runs a model under handlers and records it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="handlers">Outermost first; the recording stands outside of them all.</param>
    public static Trace Of(Action model, params ReadOnlySpan<Handler> handlers)
    {
        TraceHandler recorder = new();
        using HandlerScope outer = recorder.Enter();
        foreach (Handler handler in handlers)
        {
            // The scopes end with the outer one, which restores the stack to where it was.
            handler.Enter();
        }
        model();
        return recorder.Trace;
    }

    /// <summary>The site of a name, or null.</summary>
    public Site? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The sum of the log-densities of all random variables, a scalar.</summary>
    /// <exception cref="ModelException">A value does not suit its distribution.</exception>
    public Tensor LogProb()
    {
        Tensor? total = null;
        foreach (Site site in sites)
        {
            if (site is SampleSite sample)
            {
                Tensor term = sample.LogProb().Sum();
                total = total is null ? term : total + term;
            }
        }
        return total ?? 0.0;
    }

    /// <summary>A table of the shapes of all sites: values and distributions as batch | event, log-densities, plates.</summary>
    public string ShapeTable() => TraceShapeTable.Format(this);

    /// <summary>Appends a site.</summary>
    /// <exception cref="ModelException">A different site has the same name.</exception>
    internal void Add(Site site)
    {
        if (byName.TryGetValue(site.Name, out Site? earlier))
        {
            Refuse(site, earlier);
            return;
        }
        byName.Add(site.Name, site);
        sites.Add(site);
    }

    /// <summary>Parameters and plates may come again; anything else with a used name is an error.</summary>
    private static void Refuse(Site site, Site earlier)
    {
        switch (site, earlier)
        {
            case (ParamSite, ParamSite):
                return;
            case (PlateSite again, PlateSite before) when again.Size == before.Size && again.SubsampleSize == before.SubsampleSize:
                return;
            case (PlateSite again, PlateSite before):
                throw new ModelException(site.Name, $"two plates of this name have different sizes: {before.Size} (subsample {before.SubsampleSize}) and {again.Size} (subsample {again.SubsampleSize}). Give them different names.");
            case (ModuleSite again, ModuleSite before) when ReferenceEquals(again.Module, before.Module):
                return;
            case (ModuleSite, ModuleSite):
                throw new ModelException(site.Name, "two different module instances are registered under this name. Create the module once, outside of the model, and register that one; or use two names.");
            default:
                throw new ModelException(site.Name, $"the name is used twice in one run, by {Kind(earlier)} and by {Kind(site)}. Names must be unique: in a loop, put the index into the name, or use a plate.");
        }
    }

    private static string Kind(Site site) => site switch
    {
        SampleSite { IsObserved: true } => "an observed Sample",
        SampleSite => "a Sample",
        ParamSite => "a Param",
        ModuleSite => "a Register",
        PlateSite => "a Plate",
        _ => "a Deterministic",
    };
}
