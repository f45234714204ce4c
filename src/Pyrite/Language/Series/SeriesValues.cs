using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>The values of sites as handlers have given them, as the rounds take them.</summary>
/// <param name="loop">What the axis of time is called.</param>
/// <param name="rounds">T.</param>
internal sealed class SeriesValues(string loop, int rounds)
{
    /// <summary>Where the values of a site come from, and those that are known.</summary>
    public (SeriesSource Source, Tensor? Slices) Resolve(SeriesSite site)
    {
        if (site.Part is { Count: 0 })
        {
            return (SeriesSource.Array, RoundsOf(site, null));
        }
        SampleSite whole = site.Whole;
        if (!whole.HasValue)
        {
            return (SeriesSource.Draw, null);
        }
        if (site.Given is not null && ReferenceEquals(whole.Value, site.Given))
        {
            return (SeriesSource.Body, null);
        }
        Tensor slices = RoundsOf(site, whole.Value);
        return (slices.Shape[0] == rounds ? SeriesSource.Array : SeriesSource.Draw, slices);
    }

    /// <summary>A value of all rounds as slices, [T, plates…, event…]; of a latent it may be one of fewer rounds, after which draws go on.</summary>
    public Tensor RoundsOf(SeriesSite site, Tensor? value)
    {
        if (site.Part is { } part)
        {
            Shape filled = part.Batch + site.Event;
            Tensor filler = SeriesAxes.Inside(site.Law, filled);
            return value is null ? filler : part.Spread(value.BroadcastTo(Shape.Create([part.Count]) + site.Event), site.Event.Rank, filler);
        }
        int plateAxes = site.Batch.Rank;
        Tensor typed = value!.IsWeak ? value.To(site.Law.DType) : value;
        Shape full = site.Batch + Shape.Create([rounds]) + site.Event;
        if (typed.Shape != full && typed.Rank == full.Rank && !site.Whole.IsObserved && typed.Shape[plateAxes] < rounds
            && typed.Shape.Replace(plateAxes, rounds) == full)
        {
            return SeriesAxes.RoundsFirst(typed, plateAxes);
        }
        return PlateShape.TryBroadcast(typed.Shape, full) == full
            ? SeriesAxes.RoundsFirst(typed.Shape == full ? typed : typed.BroadcastTo(full), plateAxes)
            : throw WrongShape(site, typed.Shape, full);
    }

    public ModelException WrongShape(SeriesSite site, Shape found, Shape expected) => new(ModelError.ValueShape, site.Name,
        $"in the loop \"{loop}\" its value has shape {found}; expected {expected}: the plates around, then the {rounds} rounds where it is one of "
            + "all rounds, then the event. Give it that shape, or open a plate for the axes that are too many.");

    /// <summary>The value of the site of all rounds.</summary>
    public static Tensor WholeOf(SeriesSite site, Tensor slices) =>
        site.Part?.Choose(slices, site.Event.Rank) ?? SeriesAxes.RoundsWithin(slices, site.Batch.Rank);
}
