using System.Globalization;
using Pyrite.Tables;

namespace Pyrite;

/// <summary>A named column of a <see cref="Table"/>: numbers, whole numbers, truth values, categories or dates; some may be missing.</summary>
/// <remarks>A column of numbers is used as a tensor where one is expected. It is refused there if a value is missing, so that no missing value
/// enters a model unseen: <see cref="ValuesOr"/> with <see cref="Present"/> as a mask, or <see cref="Table.DropMissing"/>, say what shall become of
/// it.</remarks>
public sealed class Column
{
    private static readonly DateTime Day0 = DateTime.UnixEpoch;

    private readonly Cells cells;
    private readonly string[] labels;

    internal Column(string name, ColumnKind kind, Cells cells, string[]? labels = null)
    {
        Name = name;
        Kind = kind;
        this.cells = cells;
        this.labels = labels ?? [];
    }

    /// <summary>The name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>What the cells hold.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Count => cells.Count;

    /// <summary>The number of missing values.</summary>
    public int MissingCount => cells.MissingCount;

    /// <summary>The categories in the order of their texts, compared character by character; empty for other kinds.</summary>
    /// <remarks>Tables of some of the rows keep all of them, so that rows for fitting and for testing are coded alike.</remarks>
    public IReadOnlyList<string> Labels => labels;

    /// <summary>Where a value is: Bool of shape [rows], a mask for <c>Mask</c>.</summary>
    public Tensor Present
    {
        get
        {
            bool[] present = new bool[Count];
            for (int i = 0; i < present.Length; i++)
            {
                present[i] = !cells.IsMissing(i);
            }
            return Tensor.From(present);
        }
    }

    /// <summary>A column of numbers; NaN stands for a missing one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The numbers.</param>
    public static Column Numbers(string name, params ReadOnlySpan<double> values)
    {
        bool[] absent = new bool[values.Length];
        for (int i = 0; i < absent.Length; i++)
        {
            absent[i] = double.IsNaN(values[i]);
        }
        return new Column(Checked(name), ColumnKind.Number, new Cells<double>(values.ToArray(), absent.AsSpan().Contains(true) ? absent : null));
    }

    /// <summary>A column of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The numbers.</param>
    public static Column Integers(string name, params ReadOnlySpan<long> values) =>
        new(Checked(name), ColumnKind.Integer, new Cells<long>(values.ToArray(), null));

    /// <summary>A column of whole numbers; null stands for a missing one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The numbers.</param>
    public static Column Integers(string name, ReadOnlySpan<long?> values) => new(Checked(name), ColumnKind.Integer, CellsOf(values));

    /// <summary>A column of truth values; null stands for a missing one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The truth values.</param>
    public static Column Truths(string name, params ReadOnlySpan<bool?> values) => new(Checked(name), ColumnKind.Truth, CellsOf(values));

    /// <summary>A column of categories; null stands for a missing one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The text of each row.</param>
    public static Column Texts(string name, params ReadOnlySpan<string?> values)
    {
        CategoryBuilder builder = new();
        foreach (string? value in values)
        {
            builder.Add(value);
        }
        return builder.Build(Checked(name));
    }

    /// <summary>A column of dates; null stands for a missing one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The date of each row.</param>
    public static Column Dates(string name, params ReadOnlySpan<DateTime?> values) =>
        new(Checked(name), ColumnKind.Date, CellsOf(values));

    /// <summary>The values as a tensor of shape [rows]; see <see cref="Values"/>.</summary>
    /// <param name="column">The column.</param>
    public static implicit operator Tensor(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Values;
    }

    /// <summary>The values, of shape [rows]: numbers in the default precision, whole numbers as Int64, truth values as Bool.</summary>
    /// <exception cref="InvalidOperationException">A value is missing, or the cells are categories or dates.</exception>
    public Tensor Values
    {
        get
        {
            RefuseMissing("take", "Take ValuesOr(fill) and pass Present as a mask, or leave such rows out with Table.DropMissing.");
            return Kind switch
            {
                ColumnKind.Number => Tensor.From(((Cells<double>)cells).Values).To(Precision.Default),
                ColumnKind.Integer => Tensor.From(((Cells<long>)cells).Values),
                ColumnKind.Truth => Tensor.From(((Cells<bool>)cells).Values),
                _ => throw NoNumbers("take", "as a tensor")
            };
        }
    }

    /// <summary>The values as reals of the default precision, with a number in the place of those that are missing; shape [rows].</summary>
    /// <param name="fill">What stands for a missing value; NaN says so where a mask or a partial observation covers it.</param>
    /// <exception cref="InvalidOperationException">The cells are categories or dates.</exception>
    public Tensor ValuesOr(double fill)
    {
        double[] values = Reals();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = cells.IsMissing(i) ? fill : values[i];
        }
        return Tensor.From(values).To(Precision.Default);
    }

    /// <summary>The rows by group: each category, or each whole number or truth value that occurs, is one.</summary>
    /// <exception cref="InvalidOperationException">A value is missing, or the cells are numbers or dates.</exception>
    public Groups Groups()
    {
        RefuseMissing("group the rows by");
        switch (Kind)
        {
            case ColumnKind.Category:
                return new Groups(Tensor.From(Array.ConvertAll(((Cells<int>)cells).Values, code => (long)code)), labels);
            case ColumnKind.Truth:
                return new Groups(Tensor.From(Array.ConvertAll(((Cells<bool>)cells).Values, value => value ? 1L : 0)), ["false", "true"]);
            case ColumnKind.Integer:
                long[] values = ((Cells<long>)cells).Values, distinct = [.. values.Distinct().Order()];
                return new Groups(
                    Tensor.From(Array.ConvertAll(values, value => (long)Array.BinarySearch(distinct, value))),
                    Array.ConvertAll(distinct, value => value.ToString(CultureInfo.InvariantCulture)));
            default:
                throw new InvalidOperationException(
                    $"Cannot group the rows by column \"{Name}\": it holds {KindName(Kind)}; expected categories, whole numbers or truth values. "
                        + "Read it as categories with CsvOptions.Kinds.");
        }
    }

    /// <summary>A column of zeros and ones for each group.</summary>
    /// <exception cref="InvalidOperationException">A value is missing, or the cells are numbers or dates.</exception>
    public Coding OneHot()
    {
        Groups groups = Groups();
        return new Coding(Marks(groups, [.. Enumerable.Range(0, groups.Count)]), groups.Names);
    }

    /// <summary>A column of zeros and ones for each group but one, with which the coefficients compare the others (treatment coding).</summary>
    /// <param name="reference">The group that the others are compared with; the first one if null.</param>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <exception cref="InvalidOperationException">A value is missing, or the cells are numbers or dates.</exception>
    public Coding Treatment(string? reference = null)
    {
        Groups groups = Groups();
        int compared = reference is null ? 0 : groups.Names.ToList().IndexOf(reference);
        if (compared < 0)
        {
            throw new ArgumentException(
                $"Cannot compare the groups of column \"{Name}\" with \"{reference}\": there is no such group. There are {Table.List(groups.Names)}.",
                nameof(reference));
        }
        int[] marked = [.. Enumerable.Range(0, groups.Count).Where(i => i != compared)];
        return new Coding(Marks(groups, marked), Array.ConvertAll(marked, i => groups.Names[i]));
    }

    /// <summary>The text of a row as a file would hold it; null for a missing value.</summary>
    /// <param name="row">The row, from 0.</param>
    public string? TextOf(int row) => cells.IsMissing(row) ? null : cells switch
    {
        Cells<double> numbers => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        Cells<long> integers => integers.Values[row].ToString(CultureInfo.InvariantCulture),
        Cells<bool> truths => truths.Values[row] ? "true" : "false",
        Cells<int> codes => labels[codes.Values[row]],
        Cells<DateTime> dates => dates.Values[row].ToString(
            dates.Values[row].TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        _ => null
    };

    /// <summary>The numbers, by row; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The cells are no numbers.</exception>
    public IReadOnlyList<double?> ToNumbers() => ListOf<double>(ColumnKind.Number);

    /// <summary>The whole numbers, by row; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The cells are no whole numbers.</exception>
    public IReadOnlyList<long?> ToIntegers() => ListOf<long>(ColumnKind.Integer);

    /// <summary>The truth values, by row; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The cells are no truth values.</exception>
    public IReadOnlyList<bool?> ToTruths() => ListOf<bool>(ColumnKind.Truth);

    /// <summary>The cells of any kind as a file would hold them, by row; null where one is missing.</summary>
    public IReadOnlyList<string?> ToTexts() => [.. Enumerable.Range(0, Count).Select(TextOf)];

    /// <summary>The dates, by row; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The cells are no dates.</exception>
    public IReadOnlyList<DateTime?> ToDates() => ListOf<DateTime>(ColumnKind.Date);

    /// <summary>The time that has passed since a date, as reals of the default precision; shape [rows].</summary>
    /// <param name="unit">The unit, such as <c>TimeSpan.FromDays(1)</c>.</param>
    /// <param name="since">The date that counts as 0; the earliest of the column if null.</param>
    /// <exception cref="InvalidOperationException">The cells are no dates, or one is missing.</exception>
    public Tensor Elapsed(TimeSpan unit, DateTime? since = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(unit, TimeSpan.Zero);
        DateTime[] dates = DatesOf("count the time of");
        RefuseMissing("count the time of");
        DateTime start = since ?? (dates.Length == 0 ? Day0 : dates.Min());
        return Tensor.From(Array.ConvertAll(dates, date => (date - start) / unit)).To(Precision.Default);
    }

    /// <summary>The name, the kind and how many values are missing.</summary>
    public override string ToString() =>
        $"{Name}: {Count} {KindName(Kind)}" + (Kind == ColumnKind.Category ? $" of {labels.Length} labels" : "")
            + (MissingCount == 0 ? "" : $", {MissingCount} missing");

    private static Cells<T> CellsOf<T>(ReadOnlySpan<T?> values)
        where T : struct
    {
        T[] present = new T[values.Length];
        bool[] absent = new bool[values.Length];
        for (int i = 0; i < present.Length; i++)
        {
            present[i] = values[i] ?? default;
            absent[i] = values[i] is null;
        }
        return new Cells<T>(present, absent.AsSpan().Contains(true) ? absent : null);
    }

    private T?[] ListOf<T>(ColumnKind kind)
        where T : struct => Kind == kind && cells is Cells<T> { Values: var values }
        ? [.. values.Select((value, row) => cells.IsMissing(row) ? (T?)null : value)]
        : throw new InvalidOperationException(
            $"Cannot read column \"{Name}\" as {KindName(kind)}: it holds {KindName(Kind)}. Take ToTexts, or ValuesOr for numbers of any kind.");

    /// <summary>Some of the rows.</summary>
    internal Column Pick(ReadOnlySpan<int> rows) => new(Name, Kind, cells.Pick(rows), labels);

    /// <summary>Whether the value of a row is missing.</summary>
    internal bool IsMissing(int row) => cells.IsMissing(row);

    /// <summary>The values as reals, with whatever stands for those that are missing.</summary>
    internal double[] Reals() => cells switch
    {
        Cells<double> numbers => [.. numbers.Values],
        Cells<long> integers => Array.ConvertAll(integers.Values, value => (double)value),
        Cells<bool> truths => Array.ConvertAll(truths.Values, value => value ? 1.0 : 0),
        _ => throw NoNumbers("take", "as numbers")
    };

    /// <summary>Refuses a column some of whose values are missing.</summary>
    internal void RefuseMissing(string attempt, string remedy = "Leave such rows out with Table.DropMissing.")
    {
        if (MissingCount > 0)
        {
            throw new InvalidOperationException(
                $"Cannot {attempt} column \"{Name}\": {MissingCount} of its {Count} values {(MissingCount == 1 ? "is" : "are")} missing, the first "
                    + $"in row {Enumerable.Range(0, Count).First(cells.IsMissing)}. {remedy}");
        }
    }

    /// <summary>What the cells of a kind are called.</summary>
    internal static string KindName(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "numbers",
        ColumnKind.Integer => "whole numbers",
        ColumnKind.Truth => "truth values",
        ColumnKind.Category => "categories",
        _ => "dates"
    };

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }

    private static Tensor Marks(Groups groups, int[] marked)
    {
        long[] index = groups.Index.ToArray<long>();
        float[] marks = new float[index.Length * marked.Length];
        for (int row = 0; row < index.Length; row++)
        {
            int column = Array.IndexOf(marked, (int)index[row]);
            if (column >= 0)
            {
                marks[(row * marked.Length) + column] = 1;
            }
        }
        return Tensor.From<float>(marks, [index.Length, marked.Length]).To(Precision.Default);
    }

    private DateTime[] DatesOf(string attempt) => cells is Cells<DateTime> dates ? dates.Values : throw new InvalidOperationException(
        $"Cannot {attempt} column \"{Name}\": it holds {KindName(Kind)}; expected dates such as 2024-07-31. Read it so with CsvOptions.Kinds.");

    private InvalidOperationException NoNumbers(string attempt, string purpose) => new(
        $"Cannot {attempt} column \"{Name}\" {purpose}: it holds {KindName(Kind)}"
            + (Count > MissingCount ? $", such as \"{TextOf(Enumerable.Range(0, Count).First(row => !cells.IsMissing(row)))}\"" : "") + ". "
            + (Kind == ColumnKind.Date ? "Take the time that has passed, with Elapsed." : "Take Groups, OneHot or Treatment; if they should be "
                + "numbers, read them so with CsvOptions.Kinds, which names the line of what is none."));
}
