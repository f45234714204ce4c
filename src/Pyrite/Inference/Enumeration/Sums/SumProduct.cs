namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>Sums over all joint values of enumerated sites, inside plates of any nesting.</summary>
/// <remarks>
/// Tensor variable elimination of plated factor graphs (Obermeyer et al., "Tensor variable elimination for plated factor graphs", 2019, algorithm 1):
/// the sites of the deepest plates first, component by component; what is left is multiplied over the plates that no site left over is in. The weight
/// of a subsampled plate comes in there: outside of the sums over sites of the plate, inside of those over other sites. Where two plates cross, the
/// smaller one is taken entry by entry.
/// </remarks>
internal sealed class SumProduct
{
    /// <summary>The most numbers of a table.</summary>
    public const double MostCells = 1 << 26;

    /// <summary>What to do where too many sites meet.</summary>
    public const string LessCoupling = "Let sites depend on fewer others, use a model with less coupling, or in variational inference give one of "
        + "them options: Enumerate.Never and a place in the guide.";

    private const int Shown = 12;

    private readonly Func<HiddenAxis, PlateKey[]> platesOf;
    private readonly bool isMax;
    private readonly bool keepsSteps;
    private readonly List<EliminationStep> steps = [];

    /// <summary>Makes an elimination.</summary>
    /// <param name="platesOf">The plates that an enumerated site is in.</param>
    /// <param name="isMax">Whether the largest product is looked for instead of the sum.</param>
    /// <param name="keepsSteps">Whether <see cref="Steps"/> are wanted; else chains are summed by one operation each.</param>
    public SumProduct(Func<HiddenAxis, PlateKey[]> platesOf, bool isMax = false, bool keepsSteps = false) =>
        (this.platesOf, this.isMax, this.keepsSteps) = (platesOf, isMax, isMax || keepsSteps);

    /// <summary>The sites in the order in which they were summed out, where they are kept.</summary>
    /// <exception cref="InvalidOperationException">They are not kept.</exception>
    public IReadOnlyList<EliminationStep> Steps => keepsSteps ? steps : throw new InvalidOperationException(
        "The steps of an elimination were asked for that keeps none, because chains are summed by one operation each: make it with keepsSteps.");

    /// <summary>The log of the sum over all sites, or the largest log-score.</summary>
    /// <exception cref="ModelException">A table would be too large, or plates cross in a way that cannot be treated.</exception>
    public Tensor Total(IEnumerable<Factor> factors) => Reduce(factors, []).Aggregate((Tensor)0.0, (sum, factor) => sum + factor.Table);

    /// <summary>Tables of the sites that are kept alone, whose sum is the log of the sum over all others.</summary>
    /// <param name="factors">The factors.</param>
    /// <param name="kept">Sites that are not summed out.</param>
    public List<Factor> Reduce(IEnumerable<Factor> factors, IReadOnlyCollection<HiddenAxis> kept)
    {
        List<Factor> open = Unrolled([.. factors]), done = [];
        RequireInside(open, kept);
        while (open.Count > 0)
        {
            PlateKey[] leaf = open.MaxBy(factor => factor.Plates.Length)!.Plates;
            List<Factor> here = open.FindAll(factor => factor.Plates.SequenceEqual(leaf));
            open.RemoveAll(factor => factor.Plates.SequenceEqual(leaf));
            HashSet<HiddenAxis> own = [];
            foreach (HiddenAxis axis in here.SelectMany(factor => factor.Axes))
            {
                if (!own.Contains(axis) && !IsKept(axis, kept) && Within(axis, leaf))
                {
                    own.Add(axis);
                }
            }
            List<Factor> results = [.. Components(here, own).Select(component => Eliminate(component, own, leaf))];
            PlateKey? crossing = null;
            foreach (Factor result in results)
            {
                HashSet<PlateKey> needed = [.. result.Axes.SelectMany(platesOf)];
                PlateKey[] free = [.. leaf.Where(plate => !needed.Contains(plate))];
                if (result.Axes.All(axis => IsKept(axis, kept)))
                {
                    done.Add(result.SumOver(free));
                }
                else if (free.Length > 0)
                {
                    open.Add(result.SumOver(free));
                }
                else
                {
                    open.Add(result);
                    crossing ??= Crossing(result, leaf, kept);
                }
            }
            if (crossing is not null)
            {
                open = Unroll(open, crossing);
            }
        }
        return done;
    }

    /// <summary>Whether a site, or the whole of which it is a row, is not summed out.</summary>
    private static bool IsKept(HiddenAxis axis, IReadOnlyCollection<HiddenAxis> kept) =>
        kept.Count > 0 && (kept.Contains(axis) || kept.Contains(axis.Whole));

    /// <summary>Refuses scores outside of a weighted round, or of a plate of which one row is there, that depend on a site inside.</summary>
    private void RequireInside(List<Factor> factors, IReadOnlyCollection<HiddenAxis> kept)
    {
        foreach (Factor factor in factors)
        {
            foreach (HiddenAxis axis in factor.Axes)
            {
                if (platesOf(axis) is { Length: > 0 } plates && !IsKept(axis, kept) && plates.Except(factor.Plates).FirstOrDefault() is { } outside)
                {
                    throw Weighted(outside);
                }
            }
        }
    }

    private bool Within(HiddenAxis axis, PlateKey[] leaf) =>
        platesOf(axis) is { } plates && plates.Length == leaf.Length && Array.TrueForAll(plates, leaf.Contains);

    /// <summary>Rows that have axes of their own make their plate one of separate entries.</summary>
    private List<Factor> Unrolled(List<Factor> factors)
    {
        while (true)
        {
            HashSet<string> apart = [.. factors.SelectMany(factor => factor.Axes).Where(axis => axis.Fixed.Count > 0)
                .SelectMany(axis => axis.Fixed).Select(entry => entry.Plate)];
            if (apart.Count == 0)
            {
                return factors;
            }
            PlateKey? plate = factors.SelectMany(factor => factor.Plates).FirstOrDefault(plate => plate.Round is null && apart.Contains(plate.Name));
            if (plate is null)
            {
                return factors;
            }
            factors = Unroll(factors, plate);
        }
    }

    private static List<Factor> Unroll(List<Factor> factors, PlateKey plate)
    {
        if (plate.Scale != 1)
        {
            throw Weighted(plate);
        }
        List<Factor> result = [];
        foreach (Factor factor in factors)
        {
            if (Array.IndexOf(factor.Plates, plate) < 0)
            {
                result.Add(factor);
                continue;
            }
            for (int row = 0; row < plate.Size; row++)
            {
                result.Add(factor.At(plate, row));
            }
        }
        return result;
    }

    /// <summary>The plate to take entry by entry where sites of crossing plates meet: the smallest.</summary>
    private PlateKey Crossing(Factor met, PlateKey[] leaf, IReadOnlyCollection<HiddenAxis> kept) =>
        leaf.Where(plate => plate.Round is null && plate.Size > 1 && met.Axes.Any(axis => !IsKept(axis, kept) && platesOf(axis).Contains(plate)))
            .OrderBy(plate => plate.Scale == 1 ? 0 : 1).ThenBy(plate => plate.Size).FirstOrDefault()
        ?? leaf.First(plate => plate.Round is null);

    /// <summary>Factors that share sites to be summed out.</summary>
    private static List<List<Factor>> Components(List<Factor> factors, HashSet<HiddenAxis> own)
    {
        Dictionary<HiddenAxis, int> groupOf = [];
        List<List<Factor>?> groups = [];
        foreach (Factor factor in factors)
        {
            int number = -1;
            foreach (HiddenAxis axis in factor.Axes)
            {
                if (groupOf.TryGetValue(axis, out int other) && other != number)
                {
                    number = number < 0 ? other : Joined(number, other);
                }
            }
            if (number < 0)
            {
                number = groups.Count;
                groups.Add([]);
            }
            groups[number]!.Add(factor);
            foreach (HiddenAxis axis in factor.Axes)
            {
                if (own.Contains(axis))
                {
                    groupOf[axis] = number;
                }
            }
        }
        return [.. groups.OfType<List<Factor>>()];

        // The smaller group goes into the larger one, so that a factor moves few times, whatever the order.
        int Joined(int one, int other)
        {
            (int into, int from) = groups[one]!.Count >= groups[other]!.Count ? (one, other) : (other, one);
            groups[into]!.AddRange(groups[from]!);
            foreach (HiddenAxis axis in groups[from]!.SelectMany(factor => factor.Axes))
            {
                if (own.Contains(axis))
                {
                    groupOf[axis] = into;
                }
            }
            groups[from] = null;
            return into;
        }
    }

    private Factor Eliminate(List<Factor> component, HashSet<HiddenAxis> own, PlateKey[] leaf)
    {
        HiddenAxis[] sites = [.. component.SelectMany(factor => factor.Axes).Where(own.Contains).Distinct()];
        ChainPath? chain = ChainPath.Find(component, sites);
        (List<HiddenAxis> order, HiddenAxis[] widest) =
            chain is null ? EliminationOrder.Of(component.Select(factor => factor.Axes), sites) : ([.. chain.Sites], chain.Sites[..2]);
        if (Factor.Cells(widest, leaf) > MostCells)
        {
            throw TooCostly(widest, leaf);
        }
        if (chain is not null && !keepsSteps)
        {
            return chain.Sum(leaf);
        }
        Dictionary<HiddenAxis, List<Factor>> byAxis = [];
        HashSet<Factor> rest = [];
        component.ForEach(Add);
        foreach (HiddenAxis axis in order)
        {
            List<Factor> met = byAxis[axis].FindAll(rest.Contains);
            Factor joint = Product(met);
            rest.ExceptWith(met);
            steps.Add(new EliminationStep(axis, joint));
            Add(isMax ? joint.MaxOut(axis) : joint.SumOut(axis));
        }
        return Product([.. rest]);

        void Add(Factor factor)
        {
            rest.Add(factor);
            foreach (HiddenAxis axis in factor.Axes)
            {
                if (!byAxis.TryGetValue(axis, out List<Factor>? list))
                {
                    byAxis[axis] = list = [];
                }
                list.Add(factor);
            }
        }
    }

    private static ModelException Weighted(PlateKey plate) => new(ModelError.EnumerationTooCostly, plate.Name,
        "rows of the plate meet in sums over discrete sites, so that they cannot be taken one by one, and a subsample of them has no exact weight. "
            + "Look at the whole plate: leave subsampleSize out.");

    private static Factor Product(List<Factor> factors) => factors.Count == 1 ? factors[0] : Factor.Product(factors);

    private static ModelException TooCostly(HiddenAxis[] widest, PlateKey[] plates)
    {
        string sites = string.Join(", ", widest.OrderBy(axis => axis.Number).Take(Shown).Select(axis => $"{axis} ({axis.Size} values)"));
        return new ModelException(ModelError.EnumerationTooCostly, widest[0].Whole.Name, FormattableString.Invariant(
                $"summing out needs a table of {Factor.Cells(widest, plates):0.###e+0} numbers, more than {MostCells:0.###e+0}: ")
            + $"{widest.Length} sites meet in it, {sites}{(widest.Length > Shown ? ", …" : "")}{Inside(plates)}. "
            + LessCoupling);
    }

    private static string Inside(PlateKey[] plates) =>
        plates.Length == 0 ? "" : $", in plates {string.Join(", ", plates.Select(plate => plate.Name))}";
}
