using Pyrite.Language;
using Pyrite.Language.Plates;
using Pyrite.Language.Series;


namespace Pyrite;

/// <summary>The statements of which models are made. Import them with <c>using static Pyrite.Primitives;</c></summary>
/// <remarks>Without any handler a statement simply acts: it draws, returns a start value or opens a plate, so a model can be run and debugged as
/// plain C#.</remarks>
public static class Primitives
{
    /// <summary>A random variable.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="distribution">What it follows; inside plates expanded to their sizes.</param>
    /// <param name="observed">Data; null where the variable is latent.</param>
    /// <param name="observedMask">Which entries of the data are there (Bool, one flag a whole event); what stands at the others does not matter. The
    /// missing ones become the latent site <c>name_unobserved</c>, the others <c>name_observed</c>, and the whole the deterministic <c>name</c>. In
    /// the model the latent has the shape of the whole; what is learnt, sampled and tabulated are the missing entries alone, named by their places:
    /// <c>name_unobserved[17]</c>.</param>
    /// <param name="auxiliary">Whether only the guide has this site, on purpose.</param>
    /// <param name="fromPrior">Whether only the model has this latent site, on purpose: inference draws it from its prior. With a mask this is about
    /// the missing entries.</param>
    /// <param name="options">What the model tells inference about the site.</param>
    /// <param name="eventNames">What the entries of an event are called, for draws, summaries and plots: one name for each entry of an event axis,
    /// and of every other event axis as long. <see cref="EventNames"/> among the options names axes one by one.</param>
    /// <returns>The draw, or the data: batch shape followed by event shape.</returns>
    /// <exception cref="ModelException">The mask does not suit the data, or the names do not suit the events.</exception>
    public static Tensor Sample(
        string name, Distribution distribution, Tensor? observed = null, Tensor? observedMask = null, bool auxiliary = false, bool fromPrior = false,
            SiteOptions? options = null, IReadOnlyList<string>? eventNames = null)
    {
        if (distribution is null)
        {
            throw new ArgumentNullException(nameof(distribution),
                $"Site \"{name}\" was given no distribution (null). Pass what it follows, for example new Normal(0, 1).");
        }
        Round.RequireOutsideOfScans(name);
        options = eventNames is null ? options : (options ?? SiteOptions.None).With(new EventNames(eventNames));
        options?.Find<EventNames>()?.Require(name, distribution.EventShape);
        if (observedMask is not null)
        {
            return PartialObservation.Sample(name, distribution, observed, observedMask, auxiliary, fromPrior, options);
        }
        SampleSite site =
            new(name, distribution, observed) { IsAuxiliary = auxiliary, IsFromPrior = fromPrior, Options = options ?? SiteOptions.None };
        HandlerStack.Apply(site);
        return site.Value;
    }

    /// <summary>A parameter to learn.</summary>
    /// <param name="name">A name, unique in model and guide.</param>
    /// <param name="start">The starting value, inside the constraint.</param>
    /// <param name="constraint">What values are allowed; any real number if not given.</param>
    /// <param name="eventDimensions">How many last axes belong to one entry of the plates around; the axes before have the plates' whole sizes, and
    /// the statement returns the part that is present. If not given, the parameter does not belong to plates.</param>
    /// <returns>The present value.</returns>
    /// <exception cref="ModelException">The start violates the constraint or has not the size of its plates, or inference knows the name with another
    /// constraint, shape or type.</exception>
    public static Tensor Param(string name, Tensor start, Constraint? constraint = null, int? eventDimensions = null) =>
        Param(new ParamSite(name, start, constraint ?? Constraints.Real, eventDimensions));

    /// <summary>A parameter to learn whose starting value is made when it is first needed.</summary>
    /// <param name="name">A name, unique in model and guide.</param>
    /// <param name="start">Makes the starting value, inside the constraint.</param>
    /// <param name="constraint">What values are allowed; any real number if not given.</param>
    /// <param name="eventDimensions">How many last axes belong to one entry of the plates around; see the other overload.</param>
    /// <returns>The present value.</returns>
    /// <exception cref="ModelException">The start violates the constraint or has not the size of its plates, or inference knows the name with another
    /// constraint, shape or type.</exception>
    public static Tensor Param(string name, Func<Tensor> start, Constraint? constraint = null, int? eventDimensions = null) =>
        Param(new ParamSite(name, start, constraint ?? Constraints.Real, eventDimensions));

    private static Tensor Param(ParamSite site)
    {
        HandlerStack.Apply(site);
        return site.EventDimensions is { } declared ? PlateSubsampling.Present(site.Name, site.Value, declared) : site.Value;
    }

    /// <summary>Makes the parameters of a network learnable, under the names <c>name.path</c>.</summary>
    /// <param name="name">A name, unique in model and guide.</param>
    /// <param name="module">The network.</param>
    /// <returns>The network itself.</returns>
    public static TModule Register<TModule>(string name, TModule module) where TModule : Module
    {
        HandlerStack.Apply(new ModuleSite(name, module));
        return module;
    }

    /// <summary>Draws the parameters of a network from priors, as the sites <c>name.path</c>; inside the scope the network computes with the
    /// draws.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="module">The network.</param>
    /// <param name="prior">The prior of every parameter, expanded to its shape.</param>
    /// <exception cref="ModelException">A plate is open, or the prior does not expand to a parameter's shape.</exception>
    public static RandomModuleScope RandomModule(string name, Module module, Distribution prior) => new(name, module, _ => prior);

    /// <summary>Draws the parameters of a network from priors of their own.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="module">The network.</param>
    /// <param name="prior">The prior of the parameter at a path, expanded to its shape.</param>
    /// <exception cref="ModelException">A plate is open, or a prior does not expand to its parameter's shape.</exception>
    public static RandomModuleScope RandomModule(string name, Module module, Func<string, Distribution> prior) => new(name, module, prior);

    /// <summary>Names a result, so that traces and predictions contain it.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="value">The result.</param>
    /// <param name="eventDimensions">How many last axes belong to one entry; what the plates around leave over if not given.</param>
    /// <param name="eventNames">What the entries of an event axis are called, for draws, summaries and plots.</param>
    /// <returns>The result itself.</returns>
    /// <exception cref="ModelException">The names do not suit the events.</exception>
    public static Tensor Deterministic(string name, Tensor value, int? eventDimensions = null, IReadOnlyList<string>? eventNames = null)
    {
        Round.RequireOutsideOfScans(name);
        DeterministicSite site = new(name, value, eventDimensions) { EventNames = eventNames is null ? null : new EventNames(eventNames) };
        HandlerStack.Apply(site);
        site.EventNames?.Require(name, site.EventShape);
        return site.Value;
    }

    /// <summary>Adds a number to the log-density of the model: a likelihood or penalty written by hand.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="logFactor">What to add; inside plates one number for each copy.</param>
    /// <exception cref="ModelException">The number is NaN.</exception>
    public static void Factor(string name, Tensor logFactor)
    {
        try
        {
            Sample(name, new Unit(logFactor), observed: Tensor.Zeros(logFactor.Shape + [0], logFactor.IsWeak ? Precision.Default : logFactor.DType));
        }
        catch (ArgumentException refusal) when (ParameterRefusals.RefuserOf(refusal) is Unit)
        {
            throw new ModelException(ModelError.ParameterOutsideConstraint, name,
                $"the factor is no number. {ModelException.WithoutParameter(refusal)} Look for a logarithm or root of a negative number before it.",
                refusal);
        }
    }

    /// <summary>Opens a plate: what is sampled inside is independent along a batch dimension. Dispose the scope to close it.</summary>
    /// <param name="name">A name, unique among open plates.</param>
    /// <param name="size">How many independent copies there are.</param>
    /// <param name="subsampleSize">How many of them to look at in this run; log-densities are scaled up. All if not given.</param>
    /// <param name="dimension">The batch dimension, negative from the right; the rightmost free one if not given.</param>
    /// <param name="indices">Which of them to look at in this run, Int64 [any number]; log-densities are scaled up.</param>
    /// <exception cref="ModelException">The sizes, indices or the dimension are impossible, or the name or dimension is taken by an open
    /// plate.</exception>
    public static PlateScope Plate(string name, int size, int? subsampleSize = null, int? dimension = null, Tensor? indices = null) =>
        PlateOpening.Open(name, size, subsampleSize, indices, dimension);

    /// <summary>Opens a plate whose entries have names: draws, summaries and plots say <c>theta[Choate]</c>.</summary>
    /// <param name="name">A name, unique among open plates.</param>
    /// <param name="entries">What the independent copies are called, each otherwise; as many as there are.</param>
    /// <param name="subsampleSize">How many of them to look at in this run; log-densities are scaled up. All if not given.</param>
    /// <param name="dimension">The batch dimension, negative from the right; the rightmost free one if not given.</param>
    /// <param name="indices">Which of them to look at in this run, Int64 [any number]; log-densities are scaled up.</param>
    /// <exception cref="ModelException">The sizes, indices, names or the dimension are impossible, or the name or dimension is taken by an open
    /// plate.</exception>
    public static PlateScope Plate(string name, IReadOnlyList<string> entries, int? subsampleSize = null, int? dimension = null,
        Tensor? indices = null)
    {
        PlateOpening.RequireNames(name, entries);
        return PlateOpening.Open(name, entries.Count, subsampleSize, indices, dimension, names: entries);
    }

    /// <summary>Opens several plates side by side, <c>prefix_0</c> being the leftmost: a whole grid of independent copies.</summary>
    /// <param name="prefix">Before the plates' numbers.</param>
    /// <param name="sizes">The sizes, leftmost first, as in a shape.</param>
    /// <param name="rightmostDimension">The batch dimension of the last plate.</param>
    /// <exception cref="ModelException">A name or dimension is taken by an open plate.</exception>
    public static HandlerScope PlateStack(string prefix, Shape sizes, int rightmostDimension = -1)
    {
        HandlerScope all = HandlerStack.Mark();
        try
        {
            for (int i = 0; i < sizes.Rank; i++)
            {
                // The scopes end with the first one, which restores the stack to where it was.
                PlateOpening.Open($"{prefix}_{i}", sizes[i], null, null, rightmostDimension - (sizes.Rank - 1 - i));
            }
        }
        catch
        {
            all.Dispose();
            throw;
        }
        return all;
    }

    /// <summary>A plate walked entry by entry: <c>foreach (int i in SequentialPlate("words", 3)) Sample($"w{i}", …);</c></summary>
    /// <param name="name">A name, unique among open plates.</param>
    /// <param name="size">How many independent entries there are.</param>
    /// <param name="subsampleSize">How many of them to walk in this run; log-densities are scaled up. All if not given.</param>
    /// <param name="indices">Which of them to walk in this run, Int64 [any number].</param>
    /// <returns>The indices, for <c>foreach</c>; each round is a scope.</returns>
    public static SequentialPlateLoop SequentialPlate(string name, int size, int? subsampleSize = null, Tensor? indices = null) =>
        new(name, size, subsampleSize, indices);

    /// <summary>The steps of a chain, with the promise that each looks back so many steps at most: <c>foreach (int t in Markov(0, T)) …</c></summary>
    /// <param name="start">The first step.</param>
    /// <param name="end">The step behind the last one.</param>
    /// <param name="history">How many steps back the sites of a step look at most; at least 1.</param>
    /// <returns>The steps, for <c>foreach</c>; each is a scope.</returns>
    /// <remarks>A plain loop means the same and costs the same: chains are found by what their sites depend on. Where discrete sites are summed out,
    /// the promise is checked, so that a slip which makes the sum dear, or another model of it, is told by name.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The end is before the start, or the history below 1.</exception>
    public static MarkovLoop Markov(int start, int end, int history = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        return new MarkovLoop(start, end, history);
    }

    /// <summary>The part of whole data that belongs to the open plates, each along its own batch dimension.</summary>
    /// <param name="data">Batch dimensions of the plates' whole sizes (or 1), then event dimensions.</param>
    /// <param name="eventDimensions">How many last axes belong to one entry.</param>
    /// <returns>The data with the subsample sizes; the data itself without subsampling.</returns>
    /// <exception cref="ModelException">A batch dimension has not its plate's size.</exception>
    public static Tensor Subsample(Tensor data, int eventDimensions) => PlateSubsampling.Present(null, data, eventDimensions);

    /// <summary>Puts a prefix before the names of the sites inside (<c>prefix/name</c>). Dispose the scope to end it.</summary>
    /// <param name="prefix">Not empty.</param>
    public static HandlerScope Scope(string prefix) => new ScopeHandler(prefix).Enter();
}
