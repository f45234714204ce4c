using System.Globalization;
using System.Text;
using nietras.SeparatedValues;

namespace Pyrite.Tables;

/// <summary>Reads a table: once where every column keeps the kind of its first cells, and once more the columns that did not.</summary>
/// <param name="source">What errors call the text.</param>
/// <param name="options">How it is taken.</param>
/// <param name="open">Begins to read the text from its start.</param>
internal sealed class CsvTableReader(string source, CsvOptions options, Func<TextReader> open)
{
    private const int ShownText = 60;

    private readonly NumberFormatInfo format = new()
    {
        NumberDecimalSeparator = options.DecimalSeparator.ToString(),
        NumberGroupSeparator = "\u00a0"
    };

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> missing =
        new HashSet<string>(options.Missing, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly int longestMissing = options.Missing.Select(text => text.Length).DefaultIfEmpty(-1).Max();

    /// <summary>The table.</summary>
    public Table Read()
    {
        try
        {
            FoundColumn[] columns = ReadColumns(null);
            string[] mixed = [.. columns.Where(column => column.IsMixed).Select(column => column.Name)];
            if (mixed.Length == 0)
            {
                return new Table(Array.ConvertAll(columns, column => column.Build()));
            }
            Dictionary<string, FoundColumn> again = ReadColumns(mixed).ToDictionary(column => column.Name);
            return new Table(Array.ConvertAll(columns, column => (column.IsMixed ? again[column.Name] : column).Build()));
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException(
                $"Reading {source}: its bytes are not text in {options.Encoding.WebName}. Save it as UTF-8, or set CsvOptions.Encoding, for example "
                    + "Encoding.Latin1.", fault);
        }
    }

    /// <summary>Reads the columns that are wanted, or those that are known to hold texts.</summary>
    private FoundColumn[] ReadColumns(string[]? texts)
    {
        using TextReader text = open();
        using SepReader reader = Open(text);
        if (reader.IsEmpty || (options.HasHeader && reader.Header.ColNames.Count == 0))
        {
            throw new InvalidDataException($"Reading {source}: it is empty; expected a line of column names and lines of values.");
        }
        string[]? names = options.HasHeader ? NamesOf(reader.Header.ColNames) : null;
        FoundColumn[]? columns = names is null ? null : Wanted(names, texts);
        int width = names?.Length ?? 0;
        foreach (SepReader.Row row in reader)
        {
            if (names is null)
            {
                width = row.ColCount;
                names = [.. Enumerable.Range(1, width).Select(i => $"column {i}")];
                columns = Wanted(names, texts);
            }
            if (row.ColCount != width)
            {
                if (row.ColCount == 1 && row.Span.IsEmpty)
                {
                    continue;
                }
                throw new InvalidDataException(
                    $"Reading {source}, line {row.LineNumberFrom}: expected {width} cells; found {row.ColCount}. A cell that holds the separator "
                        + "stands in quotes, and a quote inside of quotes is doubled.");
            }
            foreach (FoundColumn column in columns!)
            {
                Take(column, row);
            }
        }
        return columns!;
    }

    private SepReader Open(TextReader text)
    {
        Sep? separator = options.Separator is { } given ? Separated(given) : null;
        try
        {
            return new SepReaderOptions(separator)
            {
                HasHeader = options.HasHeader,
                DisableColCountCheck = true,
                Trim = SepTrim.Outer,
                ColNameComparer = new EveryNameDiffers()
            }.From(text);
        }
        catch (Exception fault) when (fault is (ArgumentException and not DecoderFallbackException) or InvalidDataException or NotSupportedException)
        {
            throw new InvalidDataException($"Reading {source}: its first line is no line of column names ({fault.Message})", fault);
        }
    }

    private static Sep Separated(char separator)
    {
        try
        {
            return new Sep(separator);
        }
        catch (Exception fault) when (fault is ArgumentException)
        {
            throw new ArgumentException(
                $"Cannot separate cells by '{separator}': take a comma, a semicolon, a tab or another sign that is no letter, "
                    + "digit, quote or line end.",
                nameof(separator), fault);
        }
    }

    private string[] NamesOf(IReadOnlyList<string> header)
    {
        string[] names = new string[header.Count];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string name = Unquoted(header[i], 1, $"column {i + 1}").ToString().Trim();
            names[i] = name.Length == 0 ? $"column {i + 1}" : name;
            if (!seen.Add(names[i]))
            {
                throw new InvalidDataException(
                    $"Reading {source}, line 1: two columns are called \"{names[i]}\". Rename one, or read without a header.");
            }
        }
        return names;
    }

    private FoundColumn[] Wanted(string[] names, string[]? texts)
    {
        foreach (string asked in options.Kinds.Keys.Concat(options.Columns ?? []))
        {
            if (!names.Contains(asked, StringComparer.Ordinal))
            {
                throw new InvalidDataException(
                    $"Reading {source}: there is no column \"{asked}\", which the options name. There are {Table.List(names)}.");
            }
        }
        return [.. (texts ?? options.Columns ?? names).Select(name => new FoundColumn(name, Array.IndexOf(names, name),
            texts is not null ? ColumnKind.Category : options.Kinds.TryGetValue(name, out ColumnKind kind) ? kind : null, format))];
    }

    private void Take(FoundColumn column, SepReader.Row row)
    {
        ReadOnlySpan<char> raw = row[column.Position].Span;
        ReadOnlySpan<char> text = raw.Contains('"') ? Unquoted(raw, row.LineNumberFrom, column.Name) : raw;
        if (text.Length <= longestMissing && missing.Contains(text))
        {
            column.AddMissing();
        }
        else if (!column.TryAdd(text))
        {
            string shown = text.Length > ShownText ? $"{text[..ShownText]}…" : text.ToString();
            string expected = options.Kinds.TryGetValue(column.Name, out ColumnKind kind) ? Column.KindName(kind) : "a value";
            throw new InvalidDataException(
                $"Reading {source}, line {row.LineNumberFrom}, column \"{column.Name}\": expected {expected}; found \"{shown}\". Mend the cell, name "
                    + "the text in CsvOptions.Missing if it stands for a missing value, or give the column another kind.");
        }
    }

    /// <summary>What stands in quotes, with doubled quotes made one.</summary>
    private ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> raw, int line, string column)
    {
        if (!raw.Contains('"'))
        {
            return raw;
        }
        string content = raw.Length > 1 && raw[0] == '"' && raw[^1] == '"' ? raw[1..^1].ToString() : "\"";
        string single = content.Replace("\"\"", "", StringComparison.Ordinal);
        if (single.Contains('"', StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"Reading {source}, line {line}, column \"{column}\": a quote that is not closed, or not doubled inside of quotes. A text with a "
                    + "quote is written as \"say \"\"so\"\"\".");
        }
        return content.Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    /// <summary>Lets names stand twice in a header, so that the own check names them.</summary>
    private sealed class EveryNameDiffers : IEqualityComparer<string>
    {
        private int asked;

        public bool Equals(string? x, string? y) => false;

        public int GetHashCode(string obj) => asked++;
    }
}
