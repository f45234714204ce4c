using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>Decides the values of sites in the reverse of the order in which they were summed out, each given those that its table depends
/// on.</summary>
internal sealed class BackwardWalk
{
    private readonly List<Step> steps = [];

    /// <summary>Keeps the tables of an elimination.</summary>
    /// <param name="handler">Knows the sites.</param>
    /// <param name="sum">The elimination.</param>
    public void Add(EnumerationHandler handler, SumProduct sum)
    {
        int first = steps.Count;
        foreach (Tensor table in AddUnread(handler, sum))
        {
            table.ToArray<double>().CopyTo(steps[first++].Table, 0);
        }
    }

    /// <summary>Knows the tables of an elimination, whose numbers come later.</summary>
    /// <param name="handler">Knows the sites.</param>
    /// <param name="sum">The elimination.</param>
    /// <returns>The tables, one for each step.</returns>
    public List<Tensor> AddUnread(EnumerationHandler handler, SumProduct sum)
    {
        List<Tensor> tables = [];
        foreach (EliminationStep step in sum.Steps)
        {
            Factor joint = step.Joint;
            Tensor table = joint.Full().To(DType.Float64);
            tables.Add(table);
            steps.Add(new Step(handler.SiteOf(step.Axis), step.Axis, [.. joint.Axes], joint.Plates, [.. joint.Axes.Select(handler.PlatesOf)],
                new double[table.Count]));
        }
        return tables;
    }

    /// <summary>How many tables there are.</summary>
    public int Count => steps.Count;

    /// <summary>Room for the numbers of a table.</summary>
    /// <param name="step">The number of the table, in the order in which they came.</param>
    public Span<double> TableOf(int step) => steps[step].Table;

    /// <summary>The number of the value of every cell of every site.</summary>
    /// <param name="chooser">From a site to what chooses: from a cell of its batch and the scores of its values to the number of one.</param>
    public Dictionary<string, int[]> Run(Func<EnumeratedSite, Func<int, double[], int>> chooser)
    {
        Dictionary<string, int[]> values = [];
        Dictionary<HiddenAxis, int[]> known = [];
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            Decide(steps[i], values, known, chooser(steps[i].Site));
        }
        return values;
    }

    private static void Decide(Step step, Dictionary<string, int[]> values, Dictionary<HiddenAxis, int[]> known,
        Func<int, double[], int> choose)
    {
        int cells = step.Plates.Aggregate(1, (product, plate) => product * plate.Size);
        int own = Array.IndexOf(step.Axes, step.Axis), stride = cells;
        int[] strides = new int[step.Axes.Length];
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= step.Axes[axis].Size;
        }
        int[] chosen = known[step.Axis] = new int[cells];
        int[] all = values.TryGetValue(step.Site.Site.Name, out int[]? earlier) ? earlier
            : values[step.Site.Site.Name] = new int[step.Site.Batch.Count];
        int[] place = new int[step.Plates.Length];
        double[] scores = new double[step.Axis.Size];
        for (int cell = 0; cell < cells; cell++)
        {
            int rest = cell;
            for (int plate = place.Length - 1; plate >= 0; plate--)
            {
                (rest, place[plate]) = Math.DivRem(rest, step.Plates[plate].Size);
            }
            int start = cell;
            for (int axis = 0; axis < step.Axes.Length; axis++)
            {
                start += axis == own ? 0 : strides[axis] * known[step.Axes[axis]][CellOf(step.AxisPlates[axis], step.Plates, place)];
            }
            for (int value = 0; value < scores.Length; value++)
            {
                scores[value] = step.Table[start + (value * strides[own])];
            }
            int flat = FlatOf(step, place);
            all[flat] = chosen[cell] = choose(flat, scores);
        }
    }

    /// <summary>The cell of some plates that belongs to a place in more plates.</summary>
    private static int CellOf(PlateKey[] plates, PlateKey[] around, int[] place)
    {
        int cell = 0;
        foreach (PlateKey plate in plates)
        {
            cell = (cell * plate.Size) + place[Array.IndexOf(around, plate)];
        }
        return cell;
    }

    /// <summary>The entry of the site's batch.</summary>
    private static int FlatOf(Step step, int[] place)
    {
        Shape batch = step.Site.Batch;
        int flat = 0;
        for (int back = batch.Rank; back >= 1; back--)
        {
            int at = Array.FindIndex(step.Plates, plate => plate.Round is null && plate.Dimension == -back);
            PlateKey? named = step.Site.Plates.FirstOrDefault(plate => plate.Round is null && plate.Dimension == -back);
            int row = at >= 0 ? place[at]
                : step.Axis.Fixed.Where(entry => entry.Plate == named?.Name).Select(entry => entry.Row).FirstOrDefault();
            flat = (flat * batch[^back]) + row;
        }
        return flat;
    }

    private sealed record Step(EnumeratedSite Site, HiddenAxis Axis, HiddenAxis[] Axes, PlateKey[] Plates, PlateKey[][] AxisPlates, double[] Table);
}
