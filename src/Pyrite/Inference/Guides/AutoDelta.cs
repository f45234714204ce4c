using Pyrite.Inference.Guides;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A guide of points: learning it finds the mode of the posterior (maximum a posteriori).</summary>
/// <remarks>Parameters <c>auto.site</c>, inside the site's support. The mode is that of the density of the sites themselves; with the Jacobian it is
/// that of the density on the unconstrained side, where positive numbers count by their logarithm.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoDelta<T> : AutoGuide<T>
{
    private readonly bool withJacobian;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the points start; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="withJacobian">Whether the mode on the unconstrained side is wanted, as <see cref="AutoLaplace{T}"/> finds it.</param>
    public AutoDelta(Action<T> model, GuideStart? start = null, bool withJacobian = false)
        : base(model ?? throw new ArgumentNullException(nameof(model)), start ?? GuideStart.PriorMedian) => this.withJacobian = withJacobian;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Quantile(ParamStore? parameters, double level)
    {
        CheckLevel(level);
        return With(parameters, () => KnownSites.ToDictionary(site => site.Name, site => site.Choose(Point(site)).Keep()));
    }

    internal override void State(T data)
    {
        IReadOnlyDictionary<string, Tensor>? indices = PlateIndices?.Invoke(data);
        foreach (GuideSite site in KnownSites)
        {
            using HandlerScope plates = GuidePrototype.Enter(Kind, site, indices);
            Tensor point = Point(site);
            Tensor? change = withJacobian && site.ToSupport is not null ? site.Constrain(site.ToSupport.Inverse(point)).LogChange : null;
            Sample(site.Name, new Delta(point, change is null ? null : -change, site.Event.Rank, validate: false), options: site.Options);
        }
    }

    internal override IEnumerable<(GuideSite Site, Tensor Value)> DrawSites(RandomKey key, Shape sampleShape) =>
        KnownSites.Select(site => (site, Point(site).BroadcastTo(sampleShape + site.Batch + site.Event)));

    private static Tensor Elsewhere(GuideSite site, Tensor learnt) =>
        site.Part is null ? 0.0 : site.Constrain(Tensor.Zeros(site.Batch + site.FreeEvent, learnt.DType)).Value;

    private Tensor Point(GuideSite site)
    {
        Tensor learnt = Learnt(site);
        Tensor point = site.Spread(learnt, site.Event.Rank, Elsewhere(site, learnt));
        return !site.IsTurning ? point : site.Constrain(site.ToSupport?.Inverse(point) ?? point, turns: null).Value;
    }

    private Tensor Learnt(GuideSite site)
    {
        Transform? map =
            site.ToSupport is null || site.Part is null ? site.ToSupport : new PartTransform(site.ToSupport, site.Part, site.FreeEvent, site.Event);
        return Param($"{Prefix}.{site.Name}", () => map is null ? site.FreeStart : map.Forward(site.FreeStart),
            map is null ? Constraints.Real : new KeptConstraint(map), site.Plates.Count == 0 || site.Part is not null ? null : site.Event.Rank);
    }
}
