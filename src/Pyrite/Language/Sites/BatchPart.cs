using System.Globalization;

namespace Pyrite.Language.Sites;

/// <summary>Some entries of a site's batch: those of a partly observed statement that are missing, or that are there.</summary>
/// <remarks>The site itself keeps the shape that its plates give it, so that models, guides written by hand and objectives see what they always see.
/// What learns, samples or tabulates the site takes the entries of the part alone, [count, event…], row-major.</remarks>
internal sealed class BatchPart
{
    private Tensor? inWhole;
    private Tensor? inPart;
    private Tensor? isIn;
    private Tensor? elements;

    /// <summary>Names the entries.</summary>
    /// <param name="batch">The batch shape of the whole.</param>
    /// <param name="places">The entries' places in it, row-major, ascending.</param>
    public BatchPart(Shape batch, int[] places)
    {
        Batch = batch;
        Places = places;
    }

    /// <summary>The batch shape of the whole.</summary>
    public Shape Batch { get; }

    /// <summary>Where the entries stand in the whole, row-major.</summary>
    public int[] Places { get; }

    /// <summary>How many entries there are.</summary>
    public int Count => Places.Length;

    /// <summary>The entries' indices as text: "17", or "3,1".</summary>
    public IEnumerable<string> Names => Places.Select(place => EntryIndex.Text(Batch, place, 0, ','));

    /// <summary>The entries' indices as text, with names instead of numbers along axes that have them: "Choate", or "Choate,1".</summary>
    public IEnumerable<string> NamesBy(IReadOnlyList<string>?[] axes) => Places.Select(place => EntryIndex.Text(Batch, place, 0, ',', axes));

    /// <summary>The places of the entries, Int64 [count].</summary>
    private Tensor InWhole => inWhole ??= Tensor.From<long>([.. Places.Select(place => (long)place)]).Keep();

    /// <summary>The numbers of the entries, Int64 [entries of the whole]; 0 for all others.</summary>
    private Tensor InPart => inPart ??= Inverse().Keep();

    /// <summary>Where the entries are, Bool, of the batch's shape.</summary>
    private Tensor IsIn => isIn ??= Flags().Keep();

    /// <summary>The part that a site is about; null where that is everything, and in a batch of another shape than the mask's.</summary>
    /// <exception cref="InvalidOperationException">The site has not been expanded to its plates.</exception>
    public static BatchPart? Of(SampleSite site) => site.PartMask is { } mask ? Of(mask, site.Distribution.BatchShape) : null;

    /// <summary>The entries at which a mask is true; null where it is true everywhere.</summary>
    /// <param name="mask">Bool, broadcast against the batch.</param>
    /// <param name="batch">The batch shape of the whole.</param>
    public static BatchPart? Of(Tensor mask, Shape batch)
    {
        if (PlateShape.TryBroadcast(mask.Shape, batch) != batch)
        {
            return null;
        }
        bool[] flags = mask.BroadcastTo(batch).ToArray<bool>();
        int[] places = [.. Enumerable.Range(0, flags.Length).Where(i => flags[i])];
        return places.Length == flags.Length ? null : new BatchPart(batch, places);
    }

    /// <summary>The shape of the part's values or numbers.</summary>
    /// <param name="whole">The batch shape, and any other axes after it.</param>
    public Shape Shorten(Shape whole) => Shape.Create([Count]) + whole[Batch.Rank..];

    /// <summary>Takes the entries out of the whole.</summary>
    /// <param name="whole">[…, batch…, inner…].</param>
    /// <param name="inner">How many axes follow those of the batch.</param>
    /// <returns>[…, count, inner…].</returns>
    public Tensor Choose(Tensor whole, int inner)
    {
        int leading = whole.Rank - inner - Batch.Rank;
        return whole.Reshape(whole.Shape[..leading] + Shape.Create([checked((int)Batch.Count)]) + whole.Shape[^inner..]).Take(InWhole, leading);
    }

    /// <summary>Puts the entries where they belong in the whole.</summary>
    /// <param name="part">[…, count, inner…].</param>
    /// <param name="inner">How many axes follow that of the entries.</param>
    /// <param name="others">What stands at the other entries: one number, or the whole that they are taken from.</param>
    /// <returns>[…, batch…, inner…].</returns>
    public Tensor Spread(Tensor part, int inner, Tensor others)
    {
        int axis = part.Rank - inner - 1;
        Shape leading = part.Shape[..axis], events = part.Shape[^inner..], whole = leading + Batch + events;
        if (Count == 0)
        {
            return others.To(part.DType).BroadcastTo(whole);
        }
        Tensor at = IsIn;
        for (int i = 0; i < inner; i++)
        {
            at = at.Unsqueeze(-1);
        }
        return Tensor.Where(at,
            axis == 0 && part.Count == 1 ? part.Reshape(Shape.Scalar) : Repeat(part, axis, checked((int)events.Count)).Reshape(whole), others);
    }

    /// <summary>Each entry in its place, and any at the others. Elements of a vector by constant indices are part of compiled densities.</summary>
    private Tensor Repeat(Tensor part, int axis, int size) => axis > 0 ? part.Take(InPart, axis) : part.Reshape(-1).Take(Elements(size), 0);

    private Tensor Elements(int size)
    {
        if (elements?.Count != Batch.Count * size)
        {
            elements = (InPart.Unsqueeze(-1) * size + Tensor.Range(size)).Reshape(-1).Keep();
        }
        return elements;
    }

    private Tensor Flags()
    {
        bool[] flags = new bool[checked((int)Batch.Count)];
        foreach (int place in Places)
        {
            flags[place] = true;
        }
        return Tensor.From(flags, Batch);
    }

    private Tensor Inverse()
    {
        long[] numbers = new long[checked((int)Batch.Count)];
        for (int i = 0; i < Count; i++)
        {
            numbers[Places[i]] = i;
        }
        return Tensor.From<long>(numbers);
    }

    /// <summary>Whether another part has the same entries of the same whole.</summary>
    public bool IsLike(BatchPart? other) => other is not null && Batch == other.Batch && Places.AsSpan().SequenceEqual(other.Places);

    /// <summary>How much of what is there, in words: "1 of 200 entries".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} of {Batch.Count} entries");
}
