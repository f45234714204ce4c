using Pyrite.Inference.Enumeration.Sums;
using Pyrite.Language.Series;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>Gives discrete latent sites all their values at once, or one after the other.</summary>
/// <param name="scope">Where tensors are lifted.</param>
/// <param name="path">The values of sequential sites.</param>
/// <param name="isSummed">Which latent sites to treat.</param>
internal sealed class EnumerationHandler(LiftingScope scope, SequentialPath path, Func<SampleSite, bool> isSummed) : Handler
{
    /// <summary>The most joint values of a sequential site.</summary>
    private const int MostSequential = 1 << 12;

    private readonly Dictionary<string, EnumeratedSite> sites = [];
    private readonly Dictionary<HiddenAxis, EnumeratedSite> byAxis = [];
    private readonly Dictionary<(Type Family, int Count, int Rank, DType Type), Tensor> supports = [];

    /// <summary>The sites that are summed out all values at once, by name.</summary>
    public IReadOnlyDictionary<string, EnumeratedSite> Sites => sites;

    /// <summary>The site of a hidden axis, or of a row of one.</summary>
    public EnumeratedSite SiteOf(HiddenAxis axis) => byAxis[axis.Whole];

    /// <summary>The site of an axis; null for one of another run.</summary>
    public EnumeratedSite? Find(HiddenAxis axis) => byAxis.GetValueOrDefault(axis.Whole);

    /// <summary>The plates that a hidden axis is in.</summary>
    public PlateKey[] PlatesOf(HiddenAxis axis)
    {
        PlateKey[] plates = byAxis[axis.Whole].SumPlates;
        return axis.Fixed.Count == 0 ? plates : Array.FindAll(plates, plate => axis.Fixed.All(entry => entry.Plate != plate.Name));
    }

    /// <inheritdoc/>
    internal override Reparameterization? Probe(SampleSite site)
    {
        site.IsSummedOut = isSummed(site);
        return null;
    }

    internal override bool IsLifted(Tensor value) => scope.FindCompact(value) is not null;

    protected internal override void Before(SampleSite site)
    {
        if (site.IsObserved || site.HasValue || !isSummed(site) || DistributionFamily.Of(site.Distribution) is SeriesDistribution)
        {
            return;
        }
        site.ExpandToPlates();
        FiniteSupport support = FiniteSupport.Of(site, supports);
        Shape batch = site.Distribution.BatchShape, shape = batch + site.Distribution.EventShape;
        if (EnumerationChoice.Of(site) == EnumerationKind.Sequential)
        {
            site.Value = Chosen(site, support, batch, shape);
            site.IsSummedOut = true;
            return;
        }
        RowAxis[] entries = site.Plates.Count == 0 ? [] : [.. site.Plates.Where(plate => plate.IsVectorized)
            .Select(plate => new RowAxis(plate.Name, plate.Dimension - site.Distribution.EventShape.Rank, plate.SubsampleSize))];
        HiddenAxis axis = scope.NewAxis(site.Name, support.Count, entries);
        site.Value = scope.Lift(support.Values, axis, shape);
        Tensor? possible = support.Possible is { } flags ? scope.Lift(flags, axis, batch) : null;
        Tensor uniform = support.Possible is { } rows ? scope.Lift(UniformOver(rows), axis, batch) : -Math.Log(support.Count);
        EnumeratedSite summed = new(site, axis, PlateKey.Of(site.Plates), support.Values, possible, uniform);
        site.IsSummedOut = true;
        sites[site.Name] = summed;
        byAxis[axis] = summed;
    }

    private static Tensor UniformOver(Tensor isPossible) =>
        Tensor.Where(isPossible, -isPossible.To(DType.Float64).Sum(0, keepDimensions: true).Log(), double.NegativeInfinity);

    private Tensor Chosen(SampleSite site, FiniteSupport support, Shape batch, Shape shape)
    {
        int entries = checked((int)batch.Count);
        double joint = Math.Pow(support.Count, entries);
        if (joint > MostSequential || support.Possible is not null)
        {
            throw new ModelException(ModelError.EnumerationTooCostly, site.Name, FormattableString.Invariant(
                $"taken value by value the site has {joint:0.###e+0} joint values over its plates, more than {MostSequential}. ")
                + "Leave options: Enumerate.Sequential out, or walk the plate with SequentialPlate.");
        }
        int choice = path.Next(site.Name, (int)joint);
        Tensor[] values = new Tensor[entries];
        Shape one = site.Distribution.EventShape;
        Tensor list = support.Values.BroadcastTo([support.Count, .. shape]).Reshape([support.Count, entries, .. one]);
        for (int entry = entries - 1; entry >= 0; entry--)
        {
            (choice, int value) = Math.DivRem(choice, support.Count);
            values[entry] = list[value, entry];
        }
        return Tensor.Stack(values).Reshape(shape);
    }
}
