using System.Collections.Concurrent;
using Pyrite.Inference.Guides;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A guide that draws each latent site by a law of its own, inside the site's plates; derive from it for an automatic guide of your own,
/// and give <see cref="Posterior"/>.</summary>
/// <remarks>The law is one of unconstrained numbers: the guide maps them onto the site's support with their Jacobian, enters the plates, and answers
/// for draws and quantiles. Latent sites of subsampled plates learn numbers for all entries of the plate, of which a step moves those
/// present. <see cref="AutoNormal{T}"/> is such a guide.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public abstract class AutoSiteGuide<T> : AutoGuide<T>
{
    private readonly ConcurrentDictionary<(string Site, string Name), Start> starts = new();

    /// <summary>A guide of a model, which runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the guide starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    protected AutoSiteGuide(Action<T> model, GuideStart? start = null)
        : base(model ?? throw new ArgumentNullException(nameof(model)), start ?? GuideStart.PriorMedian)
    {
    }

    /// <summary>The law of a site's unconstrained numbers: the shape of its numbers is that of what <see cref="Learn"/> gives, and its density is
    /// positive on all reals; of an angle (<see cref="GuideSite.IsTurning"/>) it is circular.</summary>
    /// <param name="site">The site.</param>
    /// <remarks>It is asked for in every step; what it learns it takes from <see cref="LearnLocation"/> and <see cref="Learn"/>.</remarks>
    protected abstract Distribution Posterior(GuideSite site);

    /// <summary>Learnt numbers of a site that begin where the guide starts, called <c>auto.site.loc</c>.</summary>
    /// <param name="site">The site.</param>
    /// <param name="name">What they are called after the site.</param>
    /// <returns>One for each unconstrained number of the entries that are present: batch + <see cref="GuideSite.FreeEvent"/>.</returns>
    protected Tensor LearnLocation(GuideSite site, string name = "loc")
    {
        ArgumentNullException.ThrowIfNull(site);
        return Learnt(site, name, 0, Constraints.Real, site => site.FreeStart);
    }

    /// <summary>Learnt numbers of a site, called <c>auto.site.name</c>.</summary>
    /// <param name="site">The site.</param>
    /// <param name="name">What they are called after the site.</param>
    /// <param name="start">Where all of them begin.</param>
    /// <param name="constraint">What they must be: a set of single numbers; real if not given.</param>
    /// <returns>One for each unconstrained number of the entries that are present: batch + <see cref="GuideSite.FreeEvent"/>.</returns>
    protected Tensor Learn(GuideSite site, string name, double start, Constraint? constraint = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Learnt(site, name, start, constraint ?? Constraints.Real, site => Tensor.Full(site.FreeStart.Shape, start, site.FreeStart.DType));
    }

    internal sealed override void State(T data)
    {
        IReadOnlyDictionary<string, Tensor>? indices = PlateIndices?.Invoke(data);
        foreach (GuideSite site in KnownSites)
        {
            using HandlerScope plates = GuidePrototype.Enter(Kind, site, indices);
            Sample(site.Name, OnSupport(site), options: site.Options);
        }
    }

    internal sealed override IEnumerable<(GuideSite Site, Tensor Value)> DrawSites(RandomKey key, Shape sampleShape) =>
        KnownSites.Select(site => (site, OnSupport(site).Sample(key.Child(site.Name), sampleShape)));

    /// <summary>Entries that are not learnt, because they are data, have any harmless number.</summary>
    private Tensor Learnt(GuideSite site, string name, double elsewhere, Constraint constraint, Func<GuideSite, Tensor> start)
    {
        Start known = starts.GetOrAdd((site.Name, name), static (key, made) =>
            new Start($"{made.Prefix}.{key.Site}.{key.Name}", () => made.start(made.site)), (Prefix, start, site));
        return site.Spread(Param(known.Name, known.Make, constraint, site.FreeEventDimensions), site.FreeEvent.Rank, elsewhere);
    }

    private Distribution OnSupport(GuideSite site)
    {
        Distribution law = Posterior(site);
        int missing = site.FreeEvent.Rank - law.EventShape.Rank;
        Shape whole = law.BatchShape + law.EventShape;
        if (missing < 0 || law.BatchShape.Rank < missing || whole[(whole.Rank - site.FreeEvent.Rank)..] != site.FreeEvent)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"the law that {Kind} gave has batch shape {law.BatchShape} and event shape {law.EventShape}; its numbers must have the shape of "
                    + $"the learnt ones, which ends in {site.FreeEvent}. Make it from what Learn and LearnLocation give.");
        }
        if (site.IsTurning && !law.IsCircular)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"the law that {Kind} gave is {law.Name}, a law of the line, but the site is an angle, of which numbers 2π apart are the same. "
                    + "Give a circular law, such as VonMises, or hide the site from this part and add an AutoNormal for it to an AutoGuideList.");
        }
        Distribution free = law.ToEvent(missing);
        return site.ToSupport is null ? free : new PushforwardDistribution(free, site.ToSupport, free.BatchShape, site.Event);
    }

    private sealed record Start(string Name, Func<Tensor> Make);
}
