namespace Pyrite.Inference.Enumeration.Sums;

/// <summary>A table of log-scores: one for each joint value of some enumerated sites, in each entry of some plates.</summary>
internal sealed class Factor
{
    // From here on a sum over columns is faster than one over rows of a table that is turned (benchmark enumeration).
    private const int ManyColumns = 8;
    private const int ManyNumbers = 128;

    // Element-wise operations broadcast up to so many axes.
    private const int MostAxes = 16;

    private Tensor? table;

    /// <summary>A table.</summary>
    /// <param name="table">[.. values of the axes, .. entries of the plates]; a plate whose entries all have the same scores may have size 1.</param>
    /// <param name="axes">The enumerated sites, in the order of their numbers.</param>
    /// <param name="plates">The plates, leftmost first.</param>
    public Factor(Tensor table, HiddenAxis[] axes, PlateKey[] plates)
        : this(axes, plates) => this.table = table;

    /// <summary>One of many tables that were computed together.</summary>
    /// <param name="series">All of them.</param>
    /// <param name="place">Which one.</param>
    /// <param name="axes">The enumerated sites, in the order of their numbers.</param>
    /// <param name="plates">The plates, leftmost first.</param>
    public Factor(FactorSeries series, int place, HiddenAxis[] axes, PlateKey[] plates)
        : this(axes, plates) => (Series, Place) = (series, place);

    private Factor(HiddenAxis[] axes, PlateKey[] plates) => (Axes, Plates) = (axes, plates);

    /// <summary>The log-scores, [.. values of the axes, .. entries of the plates].</summary>
    public Tensor Table => table ??= Series!.Stack.Select(0, Place);

    /// <summary>The enumerated sites, in the order of their numbers.</summary>
    public HiddenAxis[] Axes { get; }

    /// <summary>The plates, leftmost first.</summary>
    public PlateKey[] Plates { get; }

    /// <summary>The tables that this one was computed with; null if it was computed alone.</summary>
    public FactorSeries? Series { get; }

    /// <summary>Its place among them.</summary>
    public int Place { get; }

    /// <summary>Whether it has no numbers: it stands for a table in a plan.</summary>
    public bool IsSketch => table is null && Series is null;

    /// <summary>The same without numbers, for a plan.</summary>
    public Factor Sketch() => new(Axes, Plates);

    /// <summary>How many numbers a table of these has.</summary>
    public static double Cells(IEnumerable<HiddenAxis> axes, IEnumerable<PlateKey> plates) =>
        axes.Aggregate(1.0, (product, axis) => product * axis.Size) * plates.Aggregate(1.0, (product, plate) => product * plate.Size);

    /// <summary>The product of several, which is the sum of their logarithms.</summary>
    public static Factor Product(IReadOnlyList<Factor> factors)
    {
        HiddenAxis[] axes = [.. factors.SelectMany(factor => factor.Axes).Distinct().OrderBy(axis => axis.Number)];
        PlateKey[] plates = PlateKey.Sorted(factors.SelectMany(factor => factor.Plates));
        if (factors.Any(factor => factor.IsSketch))
        {
            return new Factor(axes, plates);
        }
        Tensor? sum = null;
        foreach (Factor factor in factors.OrderBy(factor => factor.Table.Count))
        {
            Tensor table = factor.Aligned(axes, plates);
            sum = sum is null ? table : Add(sum, table);
        }
        return new Factor(sum!, axes, plates);
    }

    /// <summary>All scores times a weight; what weighs nothing has no score, even where it is impossible.</summary>
    /// <param name="weight">At least 0.</param>
    public Factor Times(double weight) => IsSketch ? this
        : new Factor(weight == 0 ? Tensor.Zeros(Table.Shape, Table.DType) : Table * weight, Axes, Plates);

    /// <summary>The table with all entries of all plates.</summary>
    public Tensor Full() => Table.BroadcastTo(ShapeOf(Axes, Plates));

    /// <summary>The table with axes of size 1 where this has none.</summary>
    public Tensor Aligned(HiddenAxis[] axes, PlateKey[] plates) => Table.Reshape([
        .. axes.Select(axis => Array.IndexOf(Axes, axis) < 0 ? 1 : axis.Size),
        .. plates.Select(plate => Array.IndexOf(Plates, plate) is >= 0 and int place ? Table.Shape[Axes.Length + place] : 1)]);

    /// <summary>The log of the sum over all values of a site.</summary>
    public Factor SumOut(HiddenAxis axis)
    {
        int at = Array.IndexOf(Axes, axis);
        HiddenAxis[] rest = [.. Axes.Where(other => other != axis)];
        if (IsSketch)
        {
            return new Factor(rest, Plates);
        }
        if (axis.Size == 1)
        {
            return new Factor(Table.Squeeze(at), rest, Plates);
        }
        if (Table.Shape[(at + 1)..].Count >= ManyColumns && Table.Shape[at..].Count >= ManyNumbers)
        {
            return new Factor(Table.LogSumExp(at), rest, Plates);
        }
        int[] order = [.. Enumerable.Range(0, Table.Rank).Where(i => i != at), at];
        Tensor last = at == Table.Rank - 1 ? Table : Table.Permute(order);
        return new Factor(last.LogSumExpOverLast(), rest, Plates);
    }

    /// <summary>The largest score over all values of a site.</summary>
    public Factor MaxOut(HiddenAxis axis) =>
        new(Table.Max([Array.IndexOf(Axes, axis)]), [.. Axes.Where(other => other != axis)], Plates);

    /// <summary>The product over entries of plates, each weighted by the plate's scale.</summary>
    public Factor SumOver(IReadOnlyCollection<PlateKey> plates)
    {
        if (plates.Count == 0)
        {
            return this;
        }
        if (IsSketch)
        {
            return new Factor(Axes, [.. Plates.Except(plates)]);
        }
        int[] axes = [.. plates.Select(plate => Axes.Length + Array.IndexOf(Plates, plate))];
        double scale = plates.Aggregate(1.0, (product, plate) => product * plate.Scale);
        foreach (PlateKey plate in plates)
        {
            // Entries that are the same have one number for all.
            scale *= Table.Shape[Axes.Length + Array.IndexOf(Plates, plate)] == 1 ? plate.Size : 1;
        }
        Tensor sum = Table.Sum(axes);
        return new Factor(scale == 1 ? sum : sum * scale, Axes, [.. Plates.Except(plates)]);
    }

    /// <summary>One entry of a plate.</summary>
    public Factor At(PlateKey plate, int row)
    {
        int at = Array.IndexOf(Plates, plate);
        List<HiddenAxis> named = [.. Axes.Select(axis => axis.Rows.Any(rows => rows.Plate == plate.Name) ? axis.At(plate.Name, row) : axis)];
        PlateKey[] left = [.. Plates.Where(other => other != plate)];
        if (IsSketch)
        {
            return new Factor([.. named.Distinct().OrderBy(axis => axis.Number)], left);
        }
        Tensor slice = Table.Slice(Axes.Length + at, Table.Shape[Axes.Length + at] == 1 ? 0 : row, 1).Squeeze(Axes.Length + at);
        for (int i = 0; i < named.Count; i++)
        {
            // A row that meets all rows meets itself: one value for both.
            while (named.LastIndexOf(named[i]) is int again && again > i)
            {
                slice = Diagonal(slice, i, again);
                named.RemoveAt(again);
            }
        }
        int[] order = [.. Enumerable.Range(0, named.Count).OrderBy(i => named[i].Number)];
        if (!order.SequenceEqual(Enumerable.Range(0, order.Length)))
        {
            slice = slice.Permute([.. order, .. Enumerable.Range(order.Length, slice.Rank - order.Length)]);
        }
        return new Factor(slice, [.. order.Select(i => named[i])], left);
    }

    /// <summary>The numbers at equal places of two axes, along the first.</summary>
    private static Tensor Diagonal(Tensor table, int one, int other)
    {
        IEnumerable<int> places = Enumerable.Range(0, table.Shape[one]);
        return Tensor.Concat([.. places.Select(place => table.Slice(one, place, 1).Slice(other, place, 1))], one).Squeeze(other);
    }

    public static Shape ShapeOf(HiddenAxis[] axes, PlateKey[] plates) => [.. axes.Select(axis => axis.Size), .. plates.Select(plate => plate.Size)];

    private static Tensor Add(Tensor a, Tensor b)
    {
        if (a.Rank <= MostAxes)
        {
            return a + b;
        }
        Shape shape = Shape.Broadcast(a.Shape, b.Shape);
        return a.BroadcastTo(shape) + b.BroadcastTo(shape);
    }
}
