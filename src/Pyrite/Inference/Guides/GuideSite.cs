using Pyrite.Inference.Guides;
using Pyrite.Language.Sites;

namespace Pyrite;

/// <summary>What an automatic guide knows of one latent site: its place among the plates, and the map from the reals onto its support.</summary>
/// <remarks>Guides of one law for each site (<see cref="AutoSiteGuide{T}"/>) are given one after the other.</remarks>
public sealed record GuideSite
{
    internal GuideSite(string name, IReadOnlyList<PlateFrame> plates, Shape batch, Shape @event, Shape freeEvent, Transform? toSupport,
        Tensor freeStart, Tensor? mask, double scale, ScaleHandler? weights)
    {
        (Name, Plates, Batch, Event, FreeEvent) = (name, plates, batch, @event, freeEvent);
        (ToSupport, FreeStart, Mask, Scale, Weights) = (toSupport, freeStart, mask, scale, weights);
    }

    /// <summary>The site's name.</summary>
    public string Name { get; }

    /// <summary>The vectorized plates around it, outermost first.</summary>
    public IReadOnlyList<PlateFrame> Plates { get; }

    /// <summary>The batch shape with the whole sizes of subsampled plates.</summary>
    public Shape Batch { get; }

    /// <summary>The shape of one value.</summary>
    public Shape Event { get; }

    /// <summary>The shape of one value on the unconstrained side.</summary>
    public Shape FreeEvent { get; }

    /// <summary>The map from the reals onto the support; null where it is the identity.</summary>
    public Transform? ToSupport { get; }

    /// <summary>Where the guide starts, unconstrained: <see cref="LearntBatch"/> + <see cref="FreeEvent"/>.</summary>
    public Tensor FreeStart { get; }

    /// <summary>Where the model counts the site; null everywhere.</summary>
    internal Tensor? Mask { get; }

    /// <summary>What the model multiplies the site's log-density by, beside its plates.</summary>
    internal double Scale { get; }

    /// <summary>The model's weights of the entries; null for none.</summary>
    internal ScaleHandler? Weights { get; }

    private SiteOptions? options;

    /// <summary>The lower bound of the support where it is an interval whose ends the model gives; null otherwise.</summary>
    internal Tensor? Low { get; init; }

    /// <summary>The upper bound, likewise.</summary>
    internal Tensor? High { get; init; }

    /// <summary>The entries that the site is about, if it is the missing part of a statement: what the guide learns is of their shape; null where
    /// that is everything.</summary>
    internal BatchPart? Part { get; init; }

    /// <summary>What the entries of its events are called; null where they have numbers only.</summary>
    internal EventNames? EventNames { get; init; }

    /// <summary>Whether a network gives the site's numbers from data, so that its plates may have any size.</summary>
    internal bool IsAmortized { get; init; }

    /// <summary>Whether the model counts every entry that the guide learns.</summary>
    internal bool CountsAll { get; init; } = true;

    /// <summary>The shape of what the guide learns, before the axes of one value: the batch, or the number of entries of the part.</summary>
    public Shape LearntBatch => Part is null ? Batch : [Part.Count];

    /// <summary>Marks the guide's statement of the site as that of an automatic guide.</summary>
    internal SiteOptions Options => options ??= SiteOptions.None.With(this);

    /// <summary>Whether the site counts as it is, outside of plates.</summary>
    internal bool IsBare => Plates.Count == 0 && Mask is null && Scale == 1 && Weights is null;

    /// <summary>Whether its values are angles, of which those 2π apart are the same.</summary>
    public bool IsCircular { get; internal init; }

    /// <summary>Whether numbers 2π apart on the unconstrained side are the same value: the site is an angle, or the image of one.</summary>
    public bool IsTurning { get; internal init; }

    /// <summary>Whether a run sees only a part of the site's entries.</summary>
    internal bool IsSubsampled => Plates.Any(plate => plate.SubsampleSize != plate.Size);

    /// <summary>How many unconstrained numbers the site has.</summary>
    public int FreeCount => checked((int)(LearntBatch.Count * FreeEvent.Count));

    /// <summary>How many last axes belong to one entry of the plates, for a <c>Param</c>; null outside of plates, and for a part of their
    /// entries.</summary>
    internal int? FreeEventDimensions => Plates.Count == 0 || Part is not null ? null : FreeEvent.Rank;

    /// <summary>The value in the support, and log |dy/dx| with one number per batch entry (null where it is 0).</summary>
    /// <param name="free">Unconstrained numbers, [.., FreeEvent].</param>
    public (Tensor Value, Tensor? LogChange) Constrain(Tensor free)
    {
        if (ToSupport is null)
        {
            return (free, null);
        }
        Tensor value = ToSupport.Forward(free);
        Tensor change = ToSupport.LogAbsDetJacobian(free, value);
        for (int more = FreeEvent.Rank - ToSupport.Domain.EventRank; more > 0; more--)
        {
            change = change.Sum(-1);
        }
        return (value, change);
    }

    /// <summary>The value of a number of turns, in the support's own range, and what a bound has to add: the volume change, and how likely a Gaussian
    /// chooses this turn of all.</summary>
    /// <remarks>The turn is an auxiliary variable beside the angle. Whatever its law, the loss is a bound; with the Gaussian of the guide it is the
    /// tightest (Agakov and Barber, 2004).</remarks>
    /// <param name="free">Unconstrained numbers.</param>
    /// <param name="turns">Mean and standard deviation of the Gaussian, of the numbers' shape; null where turns do not count.</param>
    internal (Tensor Value, Tensor? LogChange) Constrain(Tensor free, (Tensor Loc, Tensor Scale)? turns)
    {
        if (!IsTurning)
        {
            return Constrain(free);
        }
        (Tensor value, Tensor? change) = Constrain(Unwound(free));
        if (turns is not { } law)
        {
            return (value, change);
        }
        Tensor share = WrappedNormal.LogShare(free, law.Loc, law.Scale);
        for (int more = FreeEvent.Rank; more > 0; more--)
        {
            share = share.Sum(-1);
        }
        return (value, change is null ? share : change + share);
    }

    /// <summary>The guide's law of unconstrained numbers around a location, independent of each other.</summary>
    internal Distribution FreeNormal(Tensor loc, Tensor scale) =>
        (IsTurning ? new WrappedNormal(loc, scale) : (Distribution)new Normal(loc, scale, validate: false)).ToEvent(FreeEvent.Rank);

    /// <summary>Unconstrained numbers without their turns, if they have any.</summary>
    internal Tensor Unwound(Tensor free) => IsTurning ? free.WrapAngle() : free;

    /// <summary>A quantile of draws along their first axis; that of angles is counted from the direction in which they lie, and may pass the ends of
    /// the circle.</summary>
    internal Tensor Quantile(Tensor draws, double level)
    {
        if (!IsTurning)
        {
            return draws.Quantile([level], 0).Reshape(draws.Shape[1..]);
        }
        Tensor angles = ToSupport?.Inverse(draws) ?? draws;
        Tensor direction = angles.Sin().Mean(0).Atan2(angles.Cos().Mean(0));
        Tensor free = direction + (angles - direction).WrapAngle().Quantile([level], 0).Reshape(direction.Shape);
        return ToSupport?.Forward(free) ?? free;
    }

    /// <summary>A name for each unconstrained number: the site, and a number where it has several; entries of a part by their places.</summary>
    internal IEnumerable<string> FreeNames()
    {
        if (Part is null)
        {
            return Enumerable.Range(0, FreeCount).Select(i => FreeCount == 1 && Batch.Rank + FreeEvent.Rank == 0 ? Name : $"{Name}[{i}]");
        }
        int size = checked((int)FreeEvent.Count);
        return Part.Names.SelectMany(
            place => Enumerable.Range(0, size).Select(i => FreeEvent.Rank == 0 ? $"{Name}[{place}]" : $"{Name}[{place},{i}]"));
    }

    /// <summary>Numbers of the site's shape from learnt ones.</summary>
    /// <param name="learnt">[…, learnt batch…, inner…].</param>
    /// <param name="inner">How many axes follow those of the batch.</param>
    /// <param name="others">What stands at entries that are not learnt.</param>
    internal Tensor Spread(Tensor learnt, int inner, Tensor others) => Part is null ? learnt : Part.Spread(learnt, inner, others);

    /// <summary>What there is to tell of a value: the entries of the part, or all.</summary>
    internal Tensor Choose(Tensor value) => Part is null ? value : Part.Choose(value, Event.Rank);

    /// <summary>What has log-densities only at entries of the part.</summary>
    internal Tensor? Counted(Tensor? change) => change is null || Part is null ? change : Part.Spread(Part.Choose(change, 0), 0, 0.0);

    /// <summary>Draws of the site from tensors [draws, batch…, event…].</summary>
    internal DrawsVariable Draws(Tensor values)
    {
        values = Choose(values);
        SiteAxes axes = SiteAxes.Of(Name, Plates, EventNames, Batch.Rank, Batch + Event, Part);
        return new DrawsVariable(Name, values.Shape[1..], values.ToArray<double>(), axes.Dimensions)
        {
            EntryNames = axes.Names,
            IsCircular = IsCircular,
            Part = Part,
        };
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
