using Pyrite.Language.Series;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>All values of a discrete site.</summary>
/// <param name="Values">[K, .. 1 or batch, .. event].</param>
/// <param name="Possible">Bool [K, .. batch] where supports differ between rows; null where all values are possible.</param>
internal sealed record FiniteSupport(Tensor Values, Tensor? Possible)
{
    /// <summary>The most values that one site may have.</summary>
    private const int MostValues = 1 << 16;

    /// <summary>How many values there are.</summary>
    public int Count => Values.Shape[0];

    /// <summary>The values of a site inside its plates.</summary>
    /// <exception cref="ModelException">The support is infinite, or depends on another enumerated site.</exception>
    public static FiniteSupport Of(SampleSite site)
    {
        Distribution family = DistributionFamily.Of(site.Distribution);
        try
        {
            return family is Binomial or BetaBinomial ? OfCounts(site, family)
                : site.Distribution.EventShape.Rank == 0 && family is Truncated { HasIntegerValues: true } truncated ? OfTruncated(site, truncated)
                : site.Distribution.EventShape.Rank > family.EventShape.Rank ? OfVector(site, family)
                : new FiniteSupport(site.Distribution.EnumerateSupport(expand: false), null);
        }
        catch (NotSupportedException reason)
        {
            string remedy = site.PartMask is null
                ? "Truncate it (new Truncated(counts, high: bound)), in variational inference let a guide draw it and give it options: "
                    + "Enumerate.Never, or sum it out by hand with Factor."
                : "Leave the missing entries out: observe the data inside a MaskHandler that is true where they are there, instead of observedMask.";
            throw new ModelException(ModelError.SupportNotFinite, site.Name,
                $"it cannot be summed out: {family.Name} has no finite list of values ({family.Support.Requirement}). {remedy}"
                    + (family is Truncated or Binomial or BetaBinomial ? $" {reason.Message}" : ""), reason);
        }
        catch (LiftedReadException reason)
        {
            throw new ModelException(ModelError.SupportNotFinite, site.Name,
                $"how many values it has depends on {string.Join(", ", reason.Axes.Select(axis => $"\"{axis}\""))}, which is summed out as "
                    + "well. Use a "
                    + "family with a fixed number of values, such as Categorical, or give the other site options: Enumerate.Sequential.", reason);
        }
    }

    /// <summary>The same; sites of a family and size that many steps of a chain have share one tensor of values, so that what is computed of it
    /// alone is computed once.</summary>
    /// <param name="site">The site.</param>
    /// <param name="known">The tensors of earlier sites of the run.</param>
    public static FiniteSupport Of(SampleSite site, Dictionary<(Type Family, int Count, int Rank, DType Type), Tensor> known)
    {
        Distribution family = DistributionFamily.Of(site.Distribution);
        int? count = site.Distribution.EventShape.Rank > family.EventShape.Rank ? null : family switch
        {
            Categorical categorical => categorical.CategoryCount,
            OneHotCategorical categorical => categorical.CategoryCount,
            Bernoulli => 2,
            _ => null,
        };
        if (count is null || site.PartMask is not null)
        {
            return Of(site);
        }
        var key = (family.GetType(), count.Value, site.Distribution.BatchShape.Rank, family.DType);
        if (!known.TryGetValue(key, out Tensor? values))
        {
            known[key] = values = Of(site).Values;
        }
        return new FiniteSupport(values, null);
    }

    /// <summary>Refuses a site that has no finite list of values; a site of all rounds of a loop is summed out round by round.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public static void Require(SampleSite site) =>
        Of(DistributionFamily.Of(site.Distribution) is SeriesDistribution series ? new SampleSite(site.Name, series.Law, null) : site);

    /// <summary>Whether a site can be summed out.</summary>
    public static bool Exists(SampleSite site)
    {
        try
        {
            Require(site);
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    /// <summary>Counts up to the largest number of trials.</summary>
    private static FiniteSupport OfCounts(SampleSite site, Distribution family)
    {
        Tensor trials = family is Binomial binomial ? binomial.TotalCount : ((BetaBinomial)family).TotalCount;
        return Between(site, 0, trials);
    }

    /// <summary>Counts between two ends.</summary>
    private static FiniteSupport OfTruncated(SampleSite site, Truncated family) =>
        family.Support.LowerEnd is { } low && family.Support.UpperEnd is { } high
            ? Between(site, low, high)
            : throw new NotSupportedException("One of its ends is missing.");

    private static FiniteSupport Between(SampleSite site, Tensor low, Tensor high)
    {
        double[] least = low.To(DType.Float64).ToArray<double>(), most = high.To(DType.Float64).ToArray<double>();
        if (least.Concat(most).Any(end => !double.IsFinite(end)))
        {
            throw new NotSupportedException("One of its ends is infinite.");
        }
        Shape batch = site.Distribution.BatchShape;
        double first = least.Length == 0 ? 0 : least.Min(), last = most.Length == 0 ? 0 : most.Max();
        if (last - first >= MostValues)
        {
            throw new ModelException(ModelError.EnumerationTooCostly, site.Name, FormattableString.Invariant(
                $"it has {last - first + 1:0} values, more than {MostValues} for one site. Give it nearer ends."));
        }
        int count = (int)(last - first) + 1;
        Tensor values = (Tensor.Range(count).To(site.Distribution.DType) + first).Reshape([count, .. Enumerable.Repeat(1, batch.Rank)]);
        if (Array.TrueForAll(least, end => end == first) && Array.TrueForAll(most, end => end == last))
        {
            return new FiniteSupport(values, null);
        }
        Tensor whole = values.BroadcastTo([count, .. batch]);
        Tensor start = low.To(values.DType).BroadcastTo(batch), limit = high.To(values.DType).BroadcastTo(batch);
        Tensor possible = (whole >= start) & (whole <= limit);
        return new FiniteSupport(Tensor.Where(possible, whole, limit), possible);
    }

    /// <summary>All combinations of the entries of an event.</summary>
    private static FiniteSupport OfVector(SampleSite site, Distribution family)
    {
        Tensor single = family.EnumerateSupport(expand: false);
        int size = single.Shape[0], entries = checked((int)(site.Distribution.EventShape.Count / family.EventShape.Count));
        double count = Math.Pow(size, entries);
        if (count > MostValues || family.EventShape.Rank > 0 || single.Shape.Count != size)
        {
            throw new ModelException(ModelError.EnumerationTooCostly, site.Name, FormattableString.Invariant(
                $"an event of {entries} entries with {size} values each has {count:0.###e+0} joint values, more than {MostValues} for one site. ")
                + "Use a plate instead of ToEvent: its entries are summed out one by one.");
        }
        Tensor flat = single.Reshape(size), number = Tensor.Range((int)count);
        List<Tensor> columns = [];
        for (int entry = entries - 1; entry >= 0; entry--)
        {
            double step = Math.Pow(size, entry);
            Tensor place = (number.To(DType.Float64) / step).Floor();
            columns.Add(flat.Take((place - ((place / size).Floor() * size)).To(DType.Int64)));
        }
        Shape shape = [(int)count, .. Enumerable.Repeat(1, site.Distribution.BatchShape.Rank), .. site.Distribution.EventShape];
        return new FiniteSupport(Tensor.Stack([.. columns], 1).Reshape(shape), null);
    }
}
