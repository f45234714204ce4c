using Pyrite.Checks;
using Pyrite.Language;
using Pyrite.Language.Errors;
using Pyrite.Language.Plates;
using Pyrite.Language.Sites;

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
        return Of("model", model, handlers);
    }

    /// <summary>The same for a model or guide, which errors call by its role.</summary>
    internal static Trace Of(string role, Action model, params ReadOnlySpan<Handler> handlers) => Of(role, static run => run(), model, handlers);

    /// <summary>The same for a model or guide of some data.</summary>
    internal static Trace Of<T>(string role, Action<T> model, T data, params ReadOnlySpan<Handler> handlers) =>
        Of(role, model, data, new TraceHandler(), handlers);

    /// <summary>The same with a recorder that others may look into while the model runs, and when it has failed.</summary>
    internal static Trace Of<T>(string role, Action<T> model, T data, TraceHandler recorder, params ReadOnlySpan<Handler> handlers) =>
        Of(role, isPart: false, model, data, recorder, handlers);

    /// <summary>The same for a run that may be a part of the one around it, whose handlers it then meets.</summary>
    internal static Trace Of<T>(string role, bool isPart, Action<T> model, T data, TraceHandler recorder, params ReadOnlySpan<Handler> handlers)
    {
        using RunScope run = HandlerStack.BeginRun(isPart);
        using DeferredRefusals.Scope refusals = DeferredRefusals.Begin();
        bool isOutermost = HandlerStack.IsEmpty;
        List<PlateAxis> outerAxes = HandlerStack.EnteredAxes;
        using HandlerScope outer = recorder.Enter();
        foreach (Handler handler in handlers)
        {
            // The scopes end with the outer one, which restores the stack to where it was.
            handler.Enter();
        }
        int depth = HandlerStack.Depth;
        HandlerStack.RunIsBegun();
        try
        {
            HandlerStack.EnteredAxes = [];
            model(data);
            HandlerStack.RequireNoTrespass();
            DeferredRefusals.RequireNone();
            if (HandlerStack.Above(depth) is { } open)
            {
                throw NotClosed(role, open);
            }
        }
        catch (Exception failure) when (ForeignThread.Refusal(failure, recorder.Trace) is { } refusal)
        {
            throw refusal;
        }
        catch (Exception failure) when (Refusal(failure, isOutermost) is { } refusal)
        {
            throw !isOutermost ? refusal : RefusedCheck.Explain(refusal, recorder.Trace) ?? Failure(role, refusal, recorder.Trace);
        }
        finally
        {
            HandlerStack.EnteredAxes = outerAxes;
        }
        foreach (Handler handler in handlers)
        {
            handler.CheckNames();
        }
        return recorder.Trace;
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

    /// <summary>The log-density of a site of this trace; an error of shapes comes with the table of them.</summary>
    internal Tensor Score(SampleSite site)
    {
        try
        {
            return site.LogProb();
        }
        catch (ModelException refusal) when (refusal.Kind == ModelError.ValueShape)
        {
            throw refusal.With(this);
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

    /// <summary>The error of a run that an exception ended: after which site.</summary>
    internal static ModelException Failure(string role, Exception failure, Trace trace)
    {
        string place = trace.sites.Count == 0 ? "before its first site" : $"after site \"{trace.sites[^1].Name}\"";
        return new ModelException(ModelError.ModelFailed, null,
            $"The {role} failed {place}: {(failure is ArgumentException argument ? ModelException.WithoutParameter(argument) : failure.Message)}",
            failure).With(trace);
    }

    /// <summary>What a failed run is to be blamed on: a parameter that was refused before, else the failure; null where an outer run is told of
    /// that.</summary>
    private static ArgumentException? Refusal(Exception failure, bool isOutermost) =>
        (failure is OperationCanceledException or OutOfMemoryException ? null : DeferredRefusals.First())
            ?? (isOutermost ? failure as ArgumentException : null);

    private static ModelException NotClosed(string role, Handler open) => open is PlateHandler plate
        ? new ModelException(ModelError.ScopeNotClosed, plate.Frame.Name,
            $"the {role} opened the plate, but did not close it, so everything after it counted as inside. Write using "
                + $"(Plate(\"{plate.Frame.Name}\", …)) {{ … }}.")
        : new ModelException(ModelError.ScopeNotClosed, null,
            $"The {role} entered a {open.GetType().Name}, but did not leave it, so everything after it was inside. Write using (….Enter()) {{ … }}.");

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
