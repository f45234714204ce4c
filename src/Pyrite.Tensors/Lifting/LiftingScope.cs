using Pyrite.Engine;
using Pyrite.Lifting;
using Pyrite.Ops.Copies;
using Pyrite.Programs;

namespace Pyrite;

/// <summary>A stretch of work in which tensors may stand for all values of something at once, along axes that their shapes do not show.</summary>
/// <remarks>
/// Whatever is computed of a lifted tensor is lifted: its shape, rank and indices are those of one value, and every operation gives what it would
/// give for each value by itself. Two hidden axes meet only where tensors meet that depend on both. Outside of such a scope operations cost what they
/// did. Reading the elements of a lifted tensor raises <see cref="LiftedReadException"/>. Scopes belong to the thread that opened them.
/// </remarks>
public sealed class LiftingScope : IDisposable
{
    private readonly LiftingRecorder lifting = new();
    private readonly StepScope? own;
    private readonly Recorder recorder;
    private readonly ILifting? outer;
    private readonly Dictionary<(Tensor Numbers, int Place, Shape Shape), Tensor> tables = [];
    private int axes;
    private bool isOpen = true;

    private LiftingScope()
    {
        own = Recorder.Current is null ? StepScope.Begin() : null;
        recorder = Recorder.Current ?? throw new InvalidOperationException("A lifting scope was opened while a program runs.");
        outer = recorder.Lifting;
        recorder.Lifting = lifting;
    }

    /// <summary>Opens a scope; dispose it to end it. Where no <see cref="StepScope"/> is open, it brings one of its own.</summary>
    public static LiftingScope Begin() => new();

    /// <summary>A new hidden axis.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="size">How many values there are; at least 1.</param>
    /// <param name="rows">Axes of its tensors along which every entry has an axis of its own: the plates around an enumerated site.</param>
    public HiddenAxis NewAxis(string name, int size, IReadOnlyList<RowAxis>? rows = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return new HiddenAxis(this, name, size, [.. (rows ?? []).Where(row => row.Size > 1)], axes++, null, []);
    }

    /// <summary>The tensor that stands for all of these.</summary>
    /// <param name="stacked">One for each value along the first axis, which has the size of the hidden one; axes behind it may have size 1 for the
    /// size that <paramref name="shape"/> says.</param>
    /// <param name="axis">The hidden axis.</param>
    /// <param name="shape">The shape that the tensor shows.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Lift(Tensor stacked, HiddenAxis axis, Shape shape)
    {
        if (stacked.Rank != shape.Rank + 1 || stacked.Shape[0] != axis.Size || Shape.TryBroadcast(stacked.Shape[1..], shape) != shape)
        {
            throw new ArgumentException($"lift: numbers of shape {stacked.Shape} do not stand for {axis.Size} tensors of shape {shape}.");
        }
        RowMap? rows = axis.Rows.Count > 0 ? RowsOf(axis, shape) : null;
        return lifting.Show(new LiftedValue(stacked, [axis], rows), new TensorSpec(shape, stacked.DType));
    }

    /// <summary>A tensor whose last axis becomes a hidden one: a table of one number for each value, taken as the number of all values.</summary>
    /// <param name="table">[.., K], lifted or not, with K the size of the hidden axis.</param>
    /// <param name="axis">The hidden axis, which the table does not depend on.</param>
    /// <param name="shape">The shape that the tensor shows, to which the shape of the table without its last axis broadcasts.</param>
    /// <param name="events">How many axes a value of the hidden axis has beyond those of the shape.</param>
    /// <returns>Null where rows of a plate meet in the table.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor? LiftLast(Tensor table, HiddenAxis axis, Shape shape, int events = 0)
    {
        if (table.Rank == 0 || table.Shape[^1] != axis.Size || Shape.TryBroadcast(table.Shape[..^1], shape) != shape)
        {
            throw new ArgumentException($"lift: a table of shape {table.Shape} does not stand for {axis.Size} tensors of shape {shape}.");
        }
        LiftedValue value = lifting.Find(table) ?? new LiftedValue(table.In(Layout.RowMajor), [], null);
        HashSet<RowMark> broken = [];
        RowMap? own = axis.Rows.Count > 0 ? RowsOf(axis, shape, events) : null;
        RowMap? given = value.Rows is { IsMarked: true } map ? map.Without(table.Rank - 1, broken) : null;
        RowMap? rows = own is null && given is null ? null : RowMap.Aligned(shape, [given, own], broken);
        return broken.Count > 0 || value.Mixed is not null
            ? null
            : lifting.Show(WithLast(value, axis, table.Rank, shape.Rank) with { Rows = rows }, new TensorSpec(shape, table.DType));
    }

    /// <summary>The last axis as a hidden one; the same numbers give the same table, so that alike steps of a chain are known.</summary>
    private LiftedValue WithLast(LiftedValue value, HiddenAxis axis, int from, int rank)
    {
        LiftedValue result = value.WithLast(axis, from, rank);
        var key = (value.Numbers, Array.IndexOf(result.Axes, axis), result.Numbers.Shape);
        if (tables.TryGetValue(key, out Tensor? numbers))
        {
            return result with { Numbers = numbers };
        }
        tables[key] = result.Numbers;
        return result;
    }

    /// <summary>What stands behind a tensor; null for one that is not lifted.</summary>
    /// <param name="tensor">Any tensor.</param>
    public LiftedTensor? Find(Tensor tensor) => FindCompact(tensor) is { } found
        ? found with { Numbers = found.Numbers.BroadcastTo([.. found.Axes.Select(axis => axis.Size), .. tensor.Shape]) }
        : null;

    /// <summary>The same without copies: axes of the tensor along which all numbers are the same may have size 1.</summary>
    /// <param name="tensor">Any tensor.</param>
    public LiftedTensor? FindCompact(Tensor tensor)
    {
        if (lifting.Find(tensor) is not { } value)
        {
            return null;
        }
        List<(HiddenAxis, RowAxis)> rows = [];
        for (int back = 1; back <= (value.Rows?.Axes.Length ?? 0); back++)
        {
            foreach (RowAtom atom in value.Rows!.Axes[^back])
            {
                rows.AddRange(atom.Marks.Select(mark => (mark.Axis, new RowAxis(mark.Plate, -back, atom.Size))));
            }
        }
        return new LiftedTensor(value.Aligned(value.Axes, tensor.Rank), value.Axes, rows, value.Mixed);
    }

    /// <summary>Ends the scope: its lifted tensors are of no use any more.</summary>
    public void Dispose()
    {
        if (!isOpen)
        {
            return;
        }
        isOpen = false;
        recorder.Lifting = outer;
        lifting.Close();
        tables.Clear();
        own?.Dispose();
    }

    /// <summary>The places of the axis' own rows in a tensor of a shape that lacks some last axes of its values.</summary>
    private static RowMap RowsOf(HiddenAxis axis, Shape shape, int missing = 0)
    {
        RowAtom[][] atoms = [.. RowMap.Plain(shape).Axes];
        foreach (RowAxis row in axis.Rows)
        {
            int dimension = row.Dimension + missing;
            atoms[^-dimension] = shape[dimension] == row.Size
                ? [new RowAtom(row.Size, [new RowMark(axis, row.Plate)])]
                : throw new ArgumentException($"lift: axis {dimension} of shape {shape} does not have the {row.Size} rows of {row.Plate}.");
        }
        return new RowMap(atoms);
    }

    internal HiddenAxis RowOf(HiddenAxis axis, IReadOnlyList<RowAxis> rows, IReadOnlyList<(string Plate, int Row)> taken) =>
        new(this, axis.Whole.Name, axis.Size, rows, axes++, axis.Whole, taken);
}
