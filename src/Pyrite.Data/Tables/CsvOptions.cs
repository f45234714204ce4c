using System.Collections.Frozen;
using System.Text;

namespace Pyrite;

/// <summary>How <see cref="Table.ReadCsv(string, CsvOptions?)"/> takes a file: what differs from the defaults is set with <c>with</c> or an
/// initializer.</summary>
public sealed record CsvOptions
{
    /// <summary>The separator of cells; null, the default, finds it in the first line: one of comma, semicolon, tab and vertical bar.</summary>
    public char? Separator { get; init; }

    /// <summary>What stands before the decimals: a point unless told otherwise. A comma needs another separator of cells.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Whether the first line holds the names of the columns, as by default; without it they are called "column 1", "column 2"….</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>How bytes are read as text: UTF-8 unless told otherwise; a byte order mark decides where there is one.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The texts that stand for a missing value: nothing, NA, N/A, NaN, nan, null and NULL unless told otherwise.</summary>
    public IReadOnlyCollection<string> Missing { get; init; } = ["", "NA", "N/A", "NaN", "nan", "null", "NULL"];

    /// <summary>The columns to read, in this order; null, the default, for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What some columns hold, by name; the kinds of the others are found.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = FrozenDictionary<string, ColumnKind>.Empty;
}
