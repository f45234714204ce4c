using System.Globalization;

namespace Pyrite.Cells;

/// <summary>Tables: the first rows, with the kinds of the columns.</summary>
internal static class TableCell
{
    private const int MostRows = 10;
    private const int MostColumns = 30;

    public static void Write(CellText text, Table table)
    {
        int rows = Math.Min(table.RowCount, MostRows), columns = Math.Min(table.Columns.Count, MostColumns);
        text.Heading(FormattableString.Invariant($"{table.RowCount} rows, {table.Columns.Count} columns"));
        Column[] shown = [.. table.Columns.Take(columns)];
        string[] header = ["", .. shown.Select(column => column.Name)], kinds = ["", .. shown.Select(column => $"{column.Kind}")];
        bool isText = Array.TrueForAll(shown, column => column.Kind is ColumnKind.Category or ColumnKind.Date);
        text.Table(header, [kinds, .. Enumerable.Range(0, rows).Select(row => Row(shown, row))], isText);
        if (rows < table.RowCount || columns < table.Columns.Count)
        {
            text.Remark(FormattableString.Invariant($"The first {rows} rows and {columns} columns."));
        }
    }

    private static string[] Row(Column[] columns, int row) =>
        [row.ToString(CultureInfo.InvariantCulture), .. columns.Select(column => column.TextOf(row) ?? "–")];
}
