using System.Collections.Concurrent;
using Pyrite.Inference.Guides;
using Pyrite.Text;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A guide in which every unconstrained number is Normal and independent of all others; sites stay inside their plates.</summary>
/// <remarks>Parameters <c>auto.site.loc</c> and <c>auto.site.scale</c>. Latent sites of subsampled plates have parameters for all entries of the
/// plate, of which a step moves those present. Kucukelbir et al., "Automatic differentiation variational inference", 2017, section 2.4.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoNormal<T> : AutoGuide<T>
{
    private readonly double initialScale;
    private readonly ConcurrentDictionary<GuideSite, Parts> parts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the means start; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="initialScale">The first standard deviation on the unconstrained side.</param>
    public AutoNormal(Action<T> model, GuideStart? start = null, double initialScale = 0.1)
        : base(model ?? throw new ArgumentNullException(nameof(model)), start ?? GuideStart.PriorMedian)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        this.initialScale = initialScale;
    }

    /// <summary>Mean and standard deviation of a site on the unconstrained side, plates in their whole size; of a partly observed site the missing
    /// entries alone.</summary>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <param name="site">The site's name.</param>
    /// <exception cref="KeyNotFoundException">The guide has no such site; the message lists the sites.</exception>
    public (Tensor Mean, Tensor StandardDeviation) FreeMoments(ParamStore? parameters, string site)
    {
        GuideSite found = KnownSites.FirstOrDefault(one => one.Name == site)
            ?? throw new KeyNotFoundException($"The guide has no site \"{site}\". {NearestNames.Sentence(site, SiteNames)}");
        return With(parameters, () => (Loc(found).Keep(), Scale(found).Keep()));
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Quantile(ParamStore? parameters, double level)
    {
        CheckLevel(level);
        double z = NormalQuantile(level);
        return With(parameters,
            () =>
                KnownSites.ToDictionary(site => site.Name,
                    site => site.Choose(site.Constrain(InWhole(site, site.Unwound(Loc(site)) + (z * Scale(site)), 0.0)).Value).Keep()));
    }

    internal override void State(T data)
    {
        IReadOnlyDictionary<string, Tensor>? indices = PlateIndices?.Invoke(data);
        bool isAsKnown = GuideSurroundings.Current() is null;
        foreach (GuideSite site in KnownSites)
        {
            if (isAsKnown && site.IsBare)
            {
                Sample(site.Name, Posterior(site), options: site.Options);
                continue;
            }
            using HandlerScope plates = GuidePrototype.Enter(Kind, site, indices);
            Sample(site.Name, Posterior(site), options: site.Options);
        }
    }

    internal override IEnumerable<(GuideSite Site, Tensor Value)> DrawSites(RandomKey key, Shape sampleShape) =>
        KnownSites.Select(site => (site, Posterior(site).Sample(key.Child(site.Name), sampleShape)));

    private Distribution Posterior(GuideSite site)
    {
        Tensor loc = InWhole(site, Loc(site), 0.0);
        Distribution free = site.FreeNormal(loc, InWhole(site, Scale(site), 1.0));
        return site.ToSupport is null ? free : new PushforwardDistribution(free, site.ToSupport, loc.Shape[..^site.FreeEvent.Rank], site.Event);
    }

    private static Tensor InWhole(GuideSite site, Tensor learnt, double elsewhere) => site.Spread(learnt, site.FreeEvent.Rank, elsewhere);

    private Tensor Loc(GuideSite site)
    {
        Parts known = PartsOf(site);
        return Param(known.LocName, known.LocStart, null, site.FreeEventDimensions);
    }

    private Tensor Scale(GuideSite site)
    {
        Parts known = PartsOf(site);
        return Param(known.ScaleName, known.ScaleStart, Constraints.Positive, site.FreeEventDimensions);
    }

    /// <summary>Names and starts are made once: a step asks for them every time.</summary>
    private Parts PartsOf(GuideSite site) => parts.GetOrAdd(site, static (one, guide) => new Parts(
        $"{guide.Prefix}.{one.Name}.loc",
        () => one.FreeStart,
        $"{guide.Prefix}.{one.Name}.scale",
        () => Tensor.Full(one.FreeStart.Shape, guide.initialScale, one.FreeStart.DType)), this);

    private sealed record Parts(string LocName, Func<Tensor> LocStart, string ScaleName, Func<Tensor> ScaleStart);
}
