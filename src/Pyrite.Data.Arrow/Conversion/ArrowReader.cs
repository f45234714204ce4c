using System.Text;
using Apache.Arrow;

namespace Pyrite.Conversion;

/// <summary>Makes columns of Arrow's arrays.</summary>
internal static class ArrowReader
{
    /// <summary>The table of some batches of one schema.</summary>
    public static Table TableOf(Schema schema, IReadOnlyList<RecordBatch> batches)
    {
        Column[] columns = new Column[schema.FieldsList.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            ColumnParts parts = new(schema.FieldsList[i].Name);
            foreach (RecordBatch batch in batches)
            {
                Read(batch.Column(i), parts);
            }
            columns[i] = parts.Build();
        }
        return new Table(columns);
    }

    private static void Read(IArrowArray array, ColumnParts parts)
    {
        if (array is DictionaryArray { Dictionary: StringArray labels } coded)
        {
            ReadCodes(coded.Indices, labels, parts);
            return;
        }
        for (int i = 0; i < array.Length; i++)
        {
            switch (array)
            {
                case BooleanArray truths:
                    parts.Add(truths.GetValue(i));
                    break;
                case Int8Array or Int16Array or Int32Array or Int64Array or UInt8Array or UInt16Array or UInt32Array:
                    parts.Add(IntegerAt(array, i));
                    break;
                case UInt64Array large:
                    parts.Add(Signed(large.GetValue(i), parts));
                    break;
                case FloatArray floats:
                    parts.Add((double?)floats.GetValue(i));
                    break;
                case DoubleArray doubles:
                    parts.Add(doubles.GetValue(i));
                    break;
                case HalfFloatArray halves:
                    parts.Add((double?)halves.GetValue(i));
                    break;
                case Decimal128Array decimals:
                    parts.Add((double?)decimals.GetValue(i));
                    break;
                case StringArray texts:
                    parts.Add(TextAt(texts, i));
                    break;
                case Date32Array days:
                    parts.Add(days.GetDateTime(i));
                    break;
                case Date64Array days:
                    parts.Add(days.GetDateTime(i));
                    break;
                case TimestampArray instants:
                    parts.Add(instants.GetTimestamp(i)?.UtcDateTime);
                    break;
                default:
                    throw parts.Refuse($"Arrow's type {array.Data.DataType.Name}");
            }
        }
    }

    private static void ReadCodes(IArrowArray codes, StringArray labels, ColumnParts parts)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            parts.Add(IntegerAt(codes, i) is { } code ? TextAt(labels, checked((int)code)) : null);
        }
    }

    private static long? Signed(ulong? value, ColumnParts parts) =>
        value <= long.MaxValue || value is null ? (long?)value : throw parts.Refuse($"{value}, beyond 64-bit signed integers");

    /// <summary>A text; the library's own way to it does not look whether the offsets lie within the bytes.</summary>
    private static string? TextAt(StringArray texts, int row)
    {
        if (texts.IsNull(row))
        {
            return null;
        }
        int start = texts.ValueOffsets[row];
        return Encoding.UTF8.GetString(texts.ValueBuffer.Span.Slice(start, texts.ValueOffsets[row + 1] - start));
    }

    private static long? IntegerAt(IArrowArray array, int row) => array switch
    {
        Int8Array values => values.GetValue(row),
        Int16Array values => values.GetValue(row),
        Int32Array values => values.GetValue(row),
        Int64Array values => values.GetValue(row),
        UInt8Array values => values.GetValue(row),
        UInt16Array values => values.GetValue(row),
        UInt32Array values => values.GetValue(row),
        _ => throw new InvalidDataException($"Cannot read codes of Arrow's type {array.Data.DataType.Name}."),
    };
}
