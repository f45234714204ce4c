using ParquetSharp;

namespace Pyrite;

/// <summary>Parquet files between the library and Apache's own C++ implementation.</summary>
public sealed class ApacheParquetTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("pyrite-parquet-").FullName, "table.parquet");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public void Apache_reads_what_is_written()
    {
        DateTime day = new DateTime(2026, 11, 29, 1, 2, 3).AddMicroseconds(4);
        new Table(Column.Numbers("x", 0.1 + 0.2, double.NaN), Column.Integers("n", (ReadOnlySpan<long?>)[null, long.MinValue]),
            Column.Truths("t", true, null), Column.Texts("group", "Zürich", null), Column.Dates("day", null, day)).SaveParquet(path);

        using ParquetFileReader file = new(path);
        using RowGroupReader rows = file.RowGroup(0);
        Assert.Equal([0.1 + 0.2, null], Read<double?>(rows, 0));
        Assert.Equal([null, long.MinValue], Read<long?>(rows, 1));
        Assert.Equal([true, null], Read<bool?>(rows, 2));
        Assert.Equal(new List<string?> { "Zürich", null }, Read<string?>(rows, 3).ToList());
        Assert.Equal([null, day], Read<DateTime?>(rows, 4));
    }

    [Fact]
    public void What_apache_writes_is_read()
    {
        ParquetSharp.Column[] columns =
            [new Column<double?>("x"), new Column<int>("n"), new Column<string>("group"), new Column<float?>("narrow"), new Column<bool>("t")];
        using (ParquetFileWriter file = new(path, columns, Compression.Zstd))
        {
            for (int i = 0; i < 2; i++)
            {
                using RowGroupWriter rows = file.AppendRowGroup();
                Write<double?>(rows, [1e-300, null]);
                Write<int>(rows, [i, -7]);
                Write<string>(rows, ["b", "a"]);
                Write<float?>(rows, [null, 0.5f]);
                Write<bool>(rows, [false, true]);
            }
            file.Close();
        }

        Table table = Table.ReadParquet(path);
        Assert.Equal([1e-300, null, 1e-300, null], table["x"].ToNumbers());
        Assert.Equal([0L, -7, 1, -7], table["n"].ToIntegers());
        Assert.Equal(["b", "a", "b", "a"], table["group"].ToTexts());
        Assert.Equal([null, 0.5, null, 0.5], table["narrow"].ToNumbers());
        Assert.Equal([false, true, false, true], table["t"].ToTruths());
    }

    private static T[] Read<T>(RowGroupReader rows, int column)
    {
        using LogicalColumnReader<T> reader = rows.Column(column).LogicalReader<T>();
        return reader.ReadAll((int)rows.MetaData.NumRows);
    }

    private static void Write<T>(RowGroupWriter rows, T[] values)
    {
        using LogicalColumnWriter<T> writer = rows.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}
