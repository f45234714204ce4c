using Pyrite.Language;
using Pyrite.Language.Sites;
using Pyrite.Text;

namespace Pyrite;

/// <summary>The record of one run of a model: every statement with its value, in order.</summary>
public sealed class Trace
{
    // Up to here looking through the list is quicker than a table, and needs none.
    private const int MostWithoutTable = 12;

    private readonly List<Site> sites = new(MostWithoutTable);
    private readonly PlateLedger plates = new();
    private Dictionary<string, Site>? byName;

    internal Trace()
    {
    }

    /// <summary>As <see cref="Sites"/>, to be walked without an enumerator on the heap.</summary>
    internal List<Site> SiteList => sites;

    /// <summary>All sites in the order of the run.</summary>
    public IReadOnlyList<Site> Sites => sites;

    /// <summary>The random variables, observed and latent.</summary>
    public IEnumerable<SampleSite> SampleSites => sites.OfType<SampleSite>();

    /// <summary>The plates around the sites, each once, in the order of first appearance; a sequential one as its round 0.</summary>
    public IReadOnlyList<PlateFrame> Plates => plates.Plates;

    /// <summary>The site of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message has the nearest names.</exception>
    public Site this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"The trace has no site \"{name}\". {NearestNames.Sentence(name, sites.Select(s => s.Name))}");

    /// <summary>Runs a model under handlers and records it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="handlers">Outermost first; the recording stands outside of them all. Inside of another run, of a model that traces a model, the
    /// handlers of that run do not apply.</param>
    /// <exception cref="ModelException">The model is wrong, one of its operations failed, or a handler names a site that it does not
    /// have.</exception>
    public static Trace Of(Action model, params ReadOnlySpan<Handler> handlers)
    {
        SynchronousModel.Require(model);
        return TracedRun.Of("model", model, handlers);
    }

    /// <summary>The site of a name, or null.</summary>
    public Site? Find(string name)
    {
        if (byName is not null)
        {
            return byName.GetValueOrDefault(name);
        }
        foreach (Site site in sites)
        {
            if (site.Name == name)
            {
                return site;
            }
        }
        return null;
    }

    /// <summary>The sum of the log-densities of all random variables, or of some of them, a scalar.</summary>
    /// <param name="which">Which sites to count; all if not given.</param>
    /// <exception cref="ModelException">A value does not suit its distribution.</exception>
    public Tensor LogProb(Func<SampleSite, bool>? which = null)
    {
        Tensor? total = null;
        foreach (Site site in sites)
        {
            if (site is SampleSite sample && (which is null || which(sample)))
            {
                Tensor term = Score(sample).Sum();
                total = total is null ? term : total + term;
            }
        }
        return total ?? 0.0;
    }

    /// <summary>A table of the shapes of all sites: values and distributions as batch | event, log-densities, plates.</summary>
    public string ShapeTable() => TraceShapeTable.Format(this);

    /// <summary>Computes the log-densities of all random variables, which the sites keep, and refuses those whose batch dimensions belong to no
    /// plate.</summary>
    /// <param name="role">"model" or "guide", for the message.</param>
    /// <exception cref="ModelException">A value does not suit its distribution, or a shape not its plates.</exception>
    internal void ScoreAll(string role)
    {
        foreach (Site site in sites)
        {
            if (site is SampleSite sample)
            {
                PlateCheck.Verify(role, this, sample, Score(sample).Shape);
            }
        }
    }

    /// <summary>The log-density of a site of this trace; an error of shapes comes with the table of them.</summary>
    internal Tensor Score(SampleSite site)
    {
        try
        {
            return site.LogProb();
        }
        catch (ModelException refusal) when (refusal.Kind == ModelError.ValueShape)
        {
            throw refusal.With(ShapeTable);
        }
    }

    /// <summary>The same without weights.</summary>
    internal Tensor UnscaledScore(SampleSite site)
    {
        try
        {
            return site.UnscaledLogProb();
        }
        catch (ModelException refusal) when (refusal.Kind == ModelError.ValueShape)
        {
            throw refusal.With(ShapeTable);
        }
    }

    /// <summary>Appends a site.</summary>
    /// <exception cref="ModelException">A different site has the same name.</exception>
    internal void Add(Site site)
    {
        if (Find(site.Name) is { } earlier)
        {
            Refuse(site, earlier);
            return;
        }
        plates.Enter(site);
        sites.Add(site);
        if (byName is not null)
        {
            byName.Add(site.Name, site);
        }
        else if (sites.Count > MostWithoutTable)
        {
            byName = sites.ToDictionary(s => s.Name);
        }
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
                throw PlateLedger.SizesDiffer(site.Name, (before.Size, before.SubsampleSize), (again.Size, again.SubsampleSize));
            case (ModuleSite again, ModuleSite before) when ReferenceEquals(again.Module, before.Module):
                return;
            case (ModuleSite, ModuleSite):
                throw new ModelException(ModelError.TwoModulesOneName, site.Name,
                    "two different module instances are registered under this name. Create the module once, outside of the model, and register that "
                        + "one; or use two names.");
            default:
                throw new ModelException(ModelError.NameUsedTwice, site.Name,
                    $"the name is used twice in one run, by {Kind(earlier)} and by {Kind(site)}. Names must be unique: in a loop, put the index into "
                        + "the name, or use a plate.");
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
