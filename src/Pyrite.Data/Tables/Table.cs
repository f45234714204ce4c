using System.Globalization;
using System.Text;
using Pyrite.Tables;

namespace Pyrite;

/// <summary>Named columns of one length, as a file of comma-separated values holds them.</summary>
/// <remarks>Tables do not change: methods that leave rows out or add a column give new ones.</remarks>
public sealed class Table
{
    private const int ShownRows = 6;
    private const int ListedNames = 12;
    private const string Content = "a table of comma-separated values. Read it with Table.ReadCsv.";

    private readonly Column[] columns;
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    /// <summary>Puts columns together.</summary>
    /// <param name="columns">At least one; of one length, each with a name of its own.</param>
    /// <exception cref="ArgumentException">There is none, two have one name, or the lengths differ.</exception>
    public Table(params ReadOnlySpan<Column> columns)
    {
        if (columns.IsEmpty)
        {
            throw new ArgumentException("Cannot make a table: expected at least one column; found none.", nameof(columns));
        }
        this.columns = columns.ToArray();
        foreach (Column column in columns)
        {
            if (column.Count != columns[0].Count)
            {
                throw new ArgumentException(
                    $"Cannot make a table: column \"{columns[0].Name}\" has {columns[0].Count} rows and column \"{column.Name}\" {column.Count}; "
                        + "expected one length.", nameof(columns));
            }
            if (!positions.TryAdd(column.Name, positions.Count))
            {
                throw new ArgumentException($"Cannot make a table: two columns are called \"{column.Name}\". Rename one.", nameof(columns));
            }
        }
    }

    /// <summary>The number of rows.</summary>
    public int RowCount => columns[0].Count;

    /// <summary>The columns, in their order.</summary>
    public IReadOnlyList<Column> Columns => columns;

    /// <summary>The names of the columns, in their order.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(columns, column => column.Name);

    /// <summary>A column by its name; upper and lower case differ.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public Column this[string name] => positions.TryGetValue(name, out int position) ? columns[position] : throw new KeyNotFoundException(
        $"Cannot find column \"{name}\": there is no such column in the table. It has {List(Names)}.");

    /// <summary>Reads a file of comma-separated values (RFC 4180), or of values between other separators.</summary>
    /// <remarks>
    /// <para>Kinds are found: whole numbers, numbers, true and false, dates (2024-07-31, with a time if wanted, which counts as UTC where no offset
    /// stands beside it), else categories. Texts of digits that begin with 0, such as postal codes, are categories. Missing values do not decide a
    /// kind; a column that has no other is one of numbers.</para>
    /// <para>Spaces around cells do not count unless they stand in quotes; lines without a character are left out, except in a table of one
    /// column. A file is not trusted: memory grows with what is read.</para>
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">How to take it; null for the defaults.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is a folder, a pipe or no such table, or a cell is not of the kind that the options give: the
    /// message names the line, the column and the text.</exception>
    public static Table ReadCsv(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new CsvOptions();
        return FileContent.Read(path, Content, () =>
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new CsvTableReader(path, options, () =>
            {
                file.Position = 0;
                return new StreamReader(file, options.Encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            }).Read();
        });
    }

    /// <summary>Reads a text as <see cref="ReadCsv(string, CsvOptions?)"/> reads a file.</summary>
    /// <param name="reader">The text, which is read to its end.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">How to take it; null for the defaults.</param>
    /// <exception cref="InvalidDataException">It is no such table, or a cell is not of the kind that the options give.</exception>
    public static Table ReadCsv(TextReader reader, string name, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string text = reader.ReadToEnd();
        return new CsvTableReader(name, options ?? new CsvOptions(), () => new StringReader(text)).Read();
    }

    /// <summary>Columns side by side as reals of the default precision.</summary>
    /// <param name="names">The columns: numbers, whole numbers or truth values.</param>
    /// <returns>Shape [rows, columns].</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">A value is missing, or a column holds categories or dates.</exception>
    public Tensor Tensor(params ReadOnlySpan<string> names)
    {
        double[] values = new double[(long)RowCount * names.Length];
        for (int j = 0; j < names.Length; j++)
        {
            Column column = this[names[j]];
            column.RefuseMissing("take");
            double[] reals = column.Reals();
            for (int i = 0; i < reals.Length; i++)
            {
                values[(i * names.Length) + j] = reals[i];
            }
        }
        return Pyrite.Tensor.From<double>(values, [RowCount, names.Length]).To(Precision.Default);
    }

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">Their numbers from 0, in the order that the new table shall have; one may come several times.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Rows(params ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if (row < 0 || row >= RowCount)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"Cannot take row {row}: the table has rows 0 to {RowCount - 1}.");
            }
        }
        Column[] picked = new Column[columns.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = columns[i].Pick(rows);
        }
        return new Table(picked);
    }

    /// <summary>The rows where a condition holds.</summary>
    /// <param name="condition">Bool of shape [rows], such as <c>(Tensor)table["age"] &gt; 18</c>.</param>
    /// <exception cref="ArgumentException">It has another type or shape.</exception>
    public Table Where(Tensor condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.DType != DType.Bool || condition.Rank != 1 || condition.Shape[0] != RowCount)
        {
            throw new ArgumentException(
                $"Cannot choose rows by a tensor of {condition.DType} and shape {condition.Shape}: expected Bool of shape [{RowCount}].",
                nameof(condition));
        }
        bool[] chosen = condition.ToArray<bool>();
        return Rows([.. Enumerable.Range(0, RowCount).Where(row => chosen[row])]);
    }

    /// <summary>The rows in which no value is missing.</summary>
    /// <param name="names">The columns that are looked at; all if none are given.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public Table DropMissing(params ReadOnlySpan<string> names)
    {
        List<Column> looked = [];
        foreach (string name in names.IsEmpty ? [.. Names] : names)
        {
            looked.Add(this[name]);
        }
        return Rows([.. Enumerable.Range(0, RowCount).Where(row => !looked.Exists(column => column.IsMissing(row)))]);
    }

    /// <summary>The rows in two parts drawn by a key, such as for fitting and for testing; each keeps the order of the rows.</summary>
    /// <param name="share">The share of the rows that the first part gets, from 0 to 1; rounded to whole rows.</param>
    /// <param name="key">Decides which; the same key draws the same rows.</param>
    public (Table First, Table Second) Split(double share, RandomKey key)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share of the rows lies between 0 and 1.");
        }
        int[] order = new int[RowCount];
        key.Permutation(order);
        int first = (int)Math.Round(share * RowCount);
        Array.Sort(order, 0, first);
        Array.Sort(order, first, RowCount - first);
        return (Rows(order.AsSpan(0, first)), Rows(order.AsSpan(first)));
    }

    /// <summary>The table with a column more, or with another one in the place of that of the same name.</summary>
    /// <param name="column">The column; as long as the others.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public Table With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return positions.TryGetValue(column.Name, out int position)
            ? new Table([.. columns[..position], column, .. columns[(position + 1)..]])
            : new Table([.. columns, column]);
    }

    /// <summary>The columns with their kinds, and the first rows.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{RowCount} rows, {columns.Length} columns\n");
        int shown = Math.Min(RowCount, ShownRows);
        foreach (Column column in columns)
        {
            string values = string.Join(", ", Enumerable.Range(0, shown).Select(row => column.TextOf(row) ?? "-"));
            text.Append(CultureInfo.InvariantCulture, $"  {column}: {values}{(RowCount > shown ? ", …" : "")}\n");
        }
        return text.ToString();
    }

    /// <summary>Names in a sentence, the first of them if there are many.</summary>
    internal static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(ListedNames).Select(name => $"\"{name}\""))
            + (names.Count > ListedNames ? $" and {names.Count - ListedNames} more" : "");
}
