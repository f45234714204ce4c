using Apache.Arrow;
using Apache.Arrow.Types;

namespace Pyrite.Conversion;

/// <summary>Makes Arrow's arrays of columns.</summary>
internal static class ArrowWriter
{
    private static readonly TimestampType Instant = new(TimeUnit.Microsecond, "UTC");

    /// <summary>The table as one batch.</summary>
    public static RecordBatch BatchOf(Table table)
    {
        Schema.Builder schema = new();
        List<IArrowArray> arrays = [];
        foreach (Column column in table.Columns)
        {
            IArrowArray array = ArrayOf(column);
            arrays.Add(array);
            schema.Field(new Field(column.Name, array.Data.DataType, nullable: true));
        }
        return new RecordBatch(schema.Build(), arrays, table.RowCount);
    }

    private static IArrowArray ArrayOf(Column column)
    {
        switch (column.Kind)
        {
            case ColumnKind.Number:
                DoubleArray.Builder numbers = new();
                foreach (double? value in column.ToNumbers())
                {
                    numbers.Append(value);
                }
                return numbers.Build();
            case ColumnKind.Integer:
                Int64Array.Builder integers = new();
                foreach (long? value in column.ToIntegers())
                {
                    integers.Append(value);
                }
                return integers.Build();
            case ColumnKind.Truth:
                BooleanArray.Builder truths = new();
                foreach (bool? value in column.ToTruths())
                {
                    _ = value is { } truth ? truths.Append(truth) : truths.AppendNull();
                }
                return truths.Build();
            case ColumnKind.Date:
                TimestampArray.Builder dates = new(Instant);
                foreach (DateTime? value in column.ToDates())
                {
                    _ = value is { } date ? dates.Append(new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc))) : dates.AppendNull();
                }
                return dates.Build();
            default:
                return CategoriesOf(column);
        }
    }

    private static DictionaryArray CategoriesOf(Column column)
    {
        StringArray.Builder labels = new();
        Dictionary<string, int> codes = [];
        foreach (string label in column.Labels)
        {
            codes[label] = codes.Count;
            labels.Append(label);
        }
        Int32Array.Builder indices = new();
        foreach (string? text in column.ToTexts())
        {
            indices.Append(text is null ? null : codes[text]);
        }
        return new DictionaryArray(new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), indices.Build(), labels.Build());
    }
}
