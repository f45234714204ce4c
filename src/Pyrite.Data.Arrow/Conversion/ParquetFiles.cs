using Parquet;
using Parquet.Schema;

namespace Pyrite.Conversion;

/// <summary>Columns from and to Parquet's.</summary>
internal static class ParquetFiles
{
    /// <summary>Reads all row groups of a file.</summary>
    public static async Task<Table> ReadAsync(string path)
    {
        ParquetStream stream = new(path);
        await using (stream.ConfigureAwait(false))
        {
            ParquetReader reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                List<Column> columns = [];
                foreach (DataField field in reader.Schema.GetDataFields())
                {
                    ColumnParts parts = new(field.Path.ToString());
                    for (int i = 0; i < reader.RowGroupCount; i++)
                    {
                        using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
                        await ReadAsync(group, field, parts, stream.Length).ConfigureAwait(false);
                    }
                    columns.Add(parts.Build());
                }
                return new Table(columns.ToArray());
            }
        }
    }

    /// <summary>Writes one row group.</summary>
    public static async Task<MemoryStream> WriteAsync(Table table)
    {
        MemoryStream stream = new();
        DataField[] fields = [.. table.Columns.Select(FieldOf)];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
            {
                await WriteAsync(group, fields[i], table.Columns[i]).ConfigureAwait(false);
            }
            group.CompleteValidate();
        }
        return stream;
    }

    private static DataField FieldOf(Column column) => column.Kind switch
    {
        ColumnKind.Number => new DataField<double>(column.Name, nullable: true),
        ColumnKind.Integer => new DataField<long>(column.Name, nullable: true),
        ColumnKind.Truth => new DataField<bool>(column.Name, nullable: true),
        ColumnKind.Date => new DateTimeDataField(column.Name, DateTimeFormat.DateAndTimeMicros, isNullable: true),
        _ => new DataField<string>(column.Name, nullable: true),
    };

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, Column column) => column.Kind switch
    {
        ColumnKind.Number => group.WriteAsync<double>(field, column.ToNumbers().ToArray()),
        ColumnKind.Integer => group.WriteAsync<long>(field, column.ToIntegers().ToArray()),
        ColumnKind.Truth => group.WriteAsync<bool>(field, column.ToTruths().ToArray()),
        ColumnKind.Date => group.WriteAsync<DateTime>(field, column.ToDates().ToArray()),
        _ => group.WriteAsync(field, column.ToTexts()!),
    };

    private static async Task ReadAsync(ParquetRowGroupReader group, DataField field, ColumnParts parts, long fileBytes)
    {
        if (field.IsArray || field.MaxRepetitionLevel > 0 || field.Path.Length > 1)
        {
            throw parts.Refuse("a nested column");
        }

        // Run-length codes let a small file hold many rows, but not without end.
        const int RowsPerByte = 1 << 16;
        if (group.RowCount < 0 || group.RowCount > Math.Min(fileBytes * RowsPerByte, Array.MaxLength))
        {
            throw new InvalidDataException($"a row group of {group.RowCount:N0} rows in a file of {fileBytes:N0} bytes");
        }
        int rows = (int)group.RowCount;
        Type type = field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
        {
            string?[] texts = new string?[rows];
            await group.ReadAsync(field, texts.AsMemory()!).ConfigureAwait(false);
            Array.ForEach(texts, parts.Add);
        }
        else if (type == typeof(double))
        {
            await AddAsync<double>(value => parts.Add(value)).ConfigureAwait(false);
        }
        else if (type == typeof(float))
        {
            await AddAsync<float>(value => parts.Add((double?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(decimal))
        {
            await AddAsync<decimal>(value => parts.Add((double?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(long))
        {
            await AddAsync<long>(value => parts.Add(value)).ConfigureAwait(false);
        }
        else if (type == typeof(int))
        {
            await AddAsync<int>(value => parts.Add((long?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(short))
        {
            await AddAsync<short>(value => parts.Add((long?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(sbyte))
        {
            await AddAsync<sbyte>(value => parts.Add((long?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(byte))
        {
            await AddAsync<byte>(value => parts.Add((long?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(ushort))
        {
            await AddAsync<ushort>(value => parts.Add((long?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(uint))
        {
            await AddAsync<uint>(value => parts.Add((long?)value)).ConfigureAwait(false);
        }
        else if (type == typeof(bool))
        {
            await AddAsync<bool>(value => parts.Add(value)).ConfigureAwait(false);
        }
        else if (type == typeof(DateTime))
        {
            await AddAsync<DateTime>(value => parts.Add(value)).ConfigureAwait(false);
        }
        else if (type == typeof(DateOnly))
        {
            await AddAsync<DateOnly>(value => parts.Add(value?.ToDateTime(default))).ConfigureAwait(false);
        }
        else
        {
            throw parts.Refuse($"values of type {type.Name}");
        }

        async Task AddAsync<T>(Action<T?> add)
            where T : struct
        {
            T?[] values = new T?[rows];
            if (field.IsNullable)
            {
                await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            }
            else
            {
                T[] present = new T[rows];
                await group.ReadAsync<T>(field, present.AsMemory()).ConfigureAwait(false);
                values = Array.ConvertAll(present, value => (T?)value);
            }
            Array.ForEach(values, add);
        }
    }
}
