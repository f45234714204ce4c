using System.Runtime.InteropServices;
using Pyrite.Inference.Diagnostics;
using Pyrite.Language.Sites;


namespace Pyrite.Inference.Prediction;

/// <summary>The values of one site over the draws.</summary>
internal sealed class PredictedSite
{
    private readonly string name;
    private readonly Shape shape;
    private readonly SiteAxes axes;
    private readonly double[] numbers;
    private readonly int size;
    private readonly DType type;
    private readonly bool isCircular;
    private readonly BatchPart? part;
    private int seen;

    /// <summary>What is the same in all draws: name and shape.</summary>
    public string Look => $"{name} {shape}";

    /// <summary>Makes room for all draws.</summary>
    /// <param name="site">The site in the first draw.</param>
    /// <param name="shape">The shape of a value.</param>
    /// <param name="batchRank">How many of its axes belong to plates.</param>
    /// <param name="draws">How many draws there will be.</param>
    /// <param name="part">Of which entries of the site the first axis is; null where it is all of it.</param>
    /// <param name="events">What the entries of an event are called; null for numbers only.</param>
    /// <param name="isDensity">Whether the values are log-densities of the site, real numbers whatever its own are.</param>
    public PredictedSite(Site site, Shape shape, int batchRank, int draws, BatchPart? part, EventNames? events, bool isDensity = false)
    {
        name = site.Name;
        this.part = part;
        this.shape = shape;
        size = checked((int)shape.Count);
        type = isDensity ? DType.Float64 : DrawsType.Of(site);
        isCircular = !isDensity && site is SampleSite { Distribution.IsCircular: true };
        numbers = new double[checked(size * draws)];
        axes =
            SiteAxes.Of(name, site.Plates, events, part?.Batch.Rank ?? batchRank, part is null ? shape : part.Batch + shape[1..], part);
    }

    /// <summary>Writes one draw of a site down; of a partly observed one the entries that it is about, where its plates are the same in all
    /// draws.</summary>
    /// <param name="all">The sites so far.</param>
    /// <param name="site">The site.</param>
    /// <param name="draws">How many draws there will be.</param>
    /// <param name="draw">The number of this one.</param>
    /// <exception cref="ModelException">It has another shape than in the first draw.</exception>
    public static void Gather(Dictionary<string, PredictedSite> all, Site site, int draws, int draw)
    {
        (Tensor? mask, Shape batch, int events) = site switch
        {
            SampleSite sample => (sample.PartMask, sample.Distribution.BatchShape, sample.Distribution.EventShape.Rank),
            DeterministicSite result => (result.PartMask, result.BatchShape, result.EventShape.Rank),
            _ => throw new ArgumentException($"\"{site.Name}\" has no draws.", nameof(site)),
        };
        BatchPart? part = mask is null || site.Plates.Any(plate => plate.SubsampleSize != plate.Size) ? null : BatchPart.Of(mask, batch);
        if (part is not { Count: 0 })
        {
            Gather(all, site, part is null ? site.Value : part.Choose(site.Value, events), batch.Rank, draws, draw, part,
                SiteAxes.EventNamesOf(site));
        }
    }

    /// <summary>Writes one draw of something that belongs to a site down.</summary>
    public static void Gather(Dictionary<string, PredictedSite> all, Site site, Tensor value, int batchRank, int draws, int draw,
        BatchPart? part = null, EventNames? events = null, bool isDensity = false)
    {
        if (!all.TryGetValue(site.Name, out PredictedSite? gathered))
        {
            gathered = new PredictedSite(site, value.Shape, batchRank, draws, part, events, isDensity);
            all.Add(site.Name, gathered);
        }
        gathered.Add(draw, value);
    }

    /// <summary>Writes one draw down.</summary>
    /// <exception cref="ModelException">It has another shape than the first.</exception>
    public void Add(int draw, Tensor value)
    {
        if (value.Shape != shape)
        {
            throw new ModelException(ModelError.ValueShape, name,
                $"it has shape {value.Shape} in draw {draw}, but {shape} in the first: a table of draws needs one shape. Let the shapes of the model "
                    + "depend on data alone.");
        }
        value.ToArray<double>().CopyTo(numbers, draw * size);
        seen++;
    }

    /// <summary>Takes over the draws of the other processes, and how many there are.</summary>
    public void Join(int draws, ProcessGroup group)
    {
        Span<double> count = [seen];
        group.Sum(count, "the number of draws");
        Range own = group.RangeOf(draws);
        int at = 0;
        foreach (byte[] part in group.GatherEverywhere(MemoryMarshal.AsBytes(numbers.AsSpan()[(own.Start.Value * size)..(own.End.Value * size)]),
            "draws"))
        {
            MemoryMarshal.Cast<byte, double>(part).CopyTo(numbers.AsSpan(at));
            at += part.Length / sizeof(double);
        }
        seen = (int)count[0];
    }

    /// <summary>All draws.</summary>
    /// <param name="draws">How many there must be.</param>
    /// <exception cref="ModelException">Some draws lack the site.</exception>
    public DrawsVariable Variable(int draws) => seen == draws
        ? new DrawsVariable(name, shape, numbers, axes.Dimensions, type) { EntryNames = axes.Names, IsCircular = isCircular, Part = part }
        : throw new ModelException(ModelError.ValueShape, name,
            $"only {seen} of {draws} draws have the site: the model's control flow depends on draws. Predict sites that are always there, or hide "
                + "this one with a BlockHandler.");
}
