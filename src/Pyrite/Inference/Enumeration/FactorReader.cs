using Pyrite.Inference.Enumeration.Sums;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>Takes the log-density of a site apart into a table of the sites that it depends on.</summary>
/// <param name="scope">Where tensors are lifted.</param>
/// <param name="handler">Knows the sites that are summed out.</param>
/// <param name="heat">Multiplies all scores but those of entries that a mask leaves out: its derivative is the mean score; null for nothing.</param>
internal sealed class FactorReader(LiftingScope scope, EnumerationHandler handler, Tensor? heat = null)
{
    private readonly Dictionary<(Tensor Numbers, Shape Shape, bool MayBeImpossible), Tensor> tables = [];
    private readonly MarkovPromise promise = new(handler);

    /// <summary>Where tensors are lifted.</summary>
    public LiftingScope Scope => scope;

    /// <summary>The table of a site; null where it depends on no enumerated site.</summary>
    /// <param name="trace">The run.</param>
    /// <param name="site">The site.</param>
    /// <param name="isMax">Whether the largest score is looked for: what a mask leaves out then counts 0.</param>
    /// <exception cref="ModelException">Rows of a plate meet in a way that cannot be treated, or a value leaves its plate.</exception>
    public Factor? Of(Trace trace, SampleSite site, bool isMax = false)
    {
        handler.Sites.TryGetValue(site.Name, out EnumeratedSite? own);
        Tensor score = (own is null ? null : OwnScore.Of(scope, own)) ?? trace.UnscaledScore(site);
        if (own is { Possible: { } possible })
        {
            score = Tensor.Where(possible, score, double.NegativeInfinity);
        }
        score = (own is null || isMax) && site.Weight is { } weight ? Weighted(score, weight) : score;
        score = heat is null ? score : Heated(score, heat);
        score = isMax ? score : WithMaskedOut(site, own, score);
        LiftedTensor? found = scope.FindCompact(score);
        if (found is null && own is null)
        {
            return null;
        }
        PlateCheck.Verify("model", trace, site, score.Shape);
        found ??= new LiftedTensor(score, [], [], null);
        RequireApart(site, found);
        promise.Require(site, found.Axes);
        PlateKey[] plates = PlateKey.Of(site.Plates);
        HiddenAxis[] axes = [.. found.Axes];
        Shape hidden = Shape.Create(Array.ConvertAll(axes, axis => axis.Size));
        Factor factor = new(TableOf(site, found.Numbers, hidden + ShapeIn(plates, score.Rank, found.Numbers.Shape)), axes, plates);

        // A uniform probability does not depend on the value, but counts for each.
        return own is null || Knows(axes, own.Axis)
            ? factor
            : Factor.Product([factor, new Factor(Tensor.Zeros([own.Axis.Size, .. plates.Select(_ => 1)], score.DType), [own.Axis], plates)]);
    }

    /// <summary>The log-probability of a sequential site, in which every entry that a mask leaves out has a value of many that are alike.</summary>
    /// <param name="trace">The run.</param>
    /// <param name="site">The site.</param>
    public static Tensor ScoreOf(Trace trace, SampleSite site) => WithMaskedOut(site, null, trace.UnscaledScore(site));

    /// <summary>What is masked out sums to one, whatever else it decides.</summary>
    private static Tensor WithMaskedOut(SampleSite site, EnumeratedSite? own, Tensor score) =>
        site.IsSummedOut && MaskOf(site) is { } mask
            ? Tensor.Where(mask, score, (own?.Uniform ?? -Math.Log(FiniteSupport.Of(site).Count)).To(score.DType))
            : score;

    /// <summary>The tables of alike sites whose scores were computed together.</summary>
    /// <param name="site">One of the sites.</param>
    /// <param name="score">The scores, [sites, .. batch].</param>
    /// <param name="axis">The enumerated site that this one depends on.</param>
    /// <returns>[sites, values, .. plates]; null where they depend on other sites, or rows meet.</returns>
    public Tensor? TablesOf(SampleSite site, Tensor score, HiddenAxis axis)
    {
        if (scope.FindCompact(score) is not { Mixed: null } found || found.Axes.Count != 1 || found.Axes[0] != axis)
        {
            return null;
        }
        RequireApart(site, found);
        int sites = score.Shape[0];
        Shape numbers = found.Numbers.Shape, rest = ShapeIn(PlateKey.Of(site.Plates), score.Rank, numbers);
        Tensor all = numbers[1] == sites ? found.Numbers : found.Numbers.BroadcastTo(numbers.Replace(1, sites));
        Tensor table = TableOf(site, all, [axis.Size, sites, .. rest]);
        return table.Permute([1, 0, .. Enumerable.Range(2, rest.Rank)]);
    }

    private static Tensor? MaskOf(SampleSite site)
    {
        (Tensor? mask, int eventAxes) = SiteMask.Of(site);
        return mask is null || eventAxes == 0 ? mask : throw new ModelException(ModelError.EnumerationImpossible, site.Name,
            "it is summed out, and a mask leaves out parts of its events (Masked inside of ToEvent). Put the mask around the whole event, or write "
                + "the entries as a plate.");
    }

    /// <summary>All scores times a number; what is impossible stays so.</summary>
    private static Tensor Heated(Tensor score, Tensor heat)
    {
        Tensor detached = score.To(DType.Float64).Detach(), isPossible = detached.NotEqualTo(double.NegativeInfinity);
        return Tensor.Where(isPossible, Tensor.Where(isPossible, detached, 0.0) * heat, double.NegativeInfinity);
    }

    /// <summary>Scores times weights of their own; what weighs nothing has no score, even where it is impossible.</summary>
    private static Tensor Weighted(Tensor score, Tensor weight) => Tensor.Where(weight.EqualTo(0), 0.0, score) * weight;

    private static bool Knows(HiddenAxis[] axes, HiddenAxis whole) => Array.Exists(axes, axis => axis.Whole == whole);

    private static Shape ShapeIn(PlateKey[] plates, int rank, Shape numbers) =>
        plates.Length == 0 ? Shape.Scalar
            : [.. plates.Select(plate => plate.Round is null && rank >= -plate.Dimension ? numbers[plate.Dimension] : 1)];

    /// <summary>Numbers as a table; the same numbers give the same table, so that alike steps of a chain are known.</summary>
    private Tensor TableOf(SampleSite site, Tensor numbers, Shape shape)
    {
        var key = (numbers, shape, MayBeImpossible(site));
        if (!tables.TryGetValue(key, out Tensor? table))
        {
            table = numbers.Reshape(shape);
            tables[key] = table = key.Item3 ? WithoutSlopes(table) : table;
        }
        return table;
    }

    /// <summary>Whether a probability that was given may be exactly 0, so that its logarithm has no slope.</summary>
    private static bool MayBeImpossible(SampleSite site) =>
        DistributionFamily.Of(site.Distribution).Parameters.Any(parameter => parameter.Name == "probs");

    /// <summary>The same scores; what is impossible has no gradient, whatever number its rule would make of an infinite slope.</summary>
    private static Tensor WithoutSlopes(Tensor table)
    {
        Tensor isPossible = table.NotEqualTo(double.NegativeInfinity);
        return Tensor.Masked(isPossible, table) + Tensor.Where(isPossible, 0.0, Tensor.Full(Shape.Scalar, double.NegativeInfinity, table.DType));
    }

    /// <summary>What handlers multiply the log-density of a site with, beside the weights of plates and of single entries.</summary>
    /// <exception cref="ModelException">It is summed out, and its entries have weights of their own.</exception>
    public static double ScaleOf(SampleSite site)
    {
        if (site.Weight is not null && site.IsSummedOut)
        {
            throw new ModelException(ModelError.EnumerationImpossible, site.Name,
                "it is summed out, and its entries have weights of their own (a ScaleHandler with a tensor around it), which has no exact meaning: a "
                    + "weight belongs outside of the sum over a site's values. Open the ScaleHandler around the data alone, whose weights stand "
                    + "inside of the sum, or give one number to all.");
        }
        return TermScaleOf(site);
    }

    /// <summary>The same of a term that is in no sum, which may have any weights.</summary>
    public static double TermScaleOf(SampleSite site)
    {
        double plates = site.Plates.Aggregate(1.0, (product, plate) => product * plate.Size / plate.SubsampleSize);
        double scale = site.Scale / plates;
        return Math.Abs(scale - 1) < 1e-12 ? 1 : scale;
    }

    /// <summary>Refuses rows that do not stand where their plate does.</summary>
    private static void RequireApart(SampleSite site, LiftedTensor found)
    {
        if (found.Mixed is { } mixed)
        {
            throw Meet(site, mixed.Axis, mixed.Plate, $"in {mixed.Operation}");
        }
        foreach (HiddenAxis axis in found.Axes)
        {
            foreach (RowAxis row in axis.Rows)
            {
                PlateFrame? frame = site.Plates.Where(plate => plate.IsVectorized && plate.Name == row.Plate).Select(plate => (PlateFrame?)plate)
                    .FirstOrDefault();
                if (frame is not { } own)
                {
                    throw Leaves(site, axis, row.Plate);
                }
                RowAxis[] places = [.. found.Rows.Where(entry => entry.Axis == axis && entry.Rows.Plate == row.Plate).Select(entry => entry.Rows)];
                if (places.Length != 1 || places[0].Dimension != own.Dimension)
                {
                    throw Meet(site, axis, row.Plate, "by standing across each other");
                }
            }
        }
    }

    private static ModelException Meet(SampleSite site, HiddenAxis axis, string plate, string how) => new(ModelError.RowsMeet, site.Name,
        $"rows of plate \"{plate}\" meet in its log-probability: an entry depends on other entries' values of \"{axis}\" ({how}), so that all joint "
            + "values of the plate would have to be summed. Write the plate as SequentialPlate, or as separate sites, and let only those meet that "
            + "do; or compute from the row's own value.");

    private static ModelException Leaves(SampleSite site, HiddenAxis axis, string plate) => new(ModelError.LeavesPlate, site.Name,
        $"it depends on \"{axis}\" of plate \"{plate}\", but stands outside of this plate. Open the same plate around the statement; if it "
            + "belongs to "
            + "the whole plate, sum over the plate first, or write the plate as SequentialPlate.");
}
