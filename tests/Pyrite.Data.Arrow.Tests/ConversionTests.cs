using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.Data.Analysis;
using Parquet;
using Parquet.Schema;
using Field = Apache.Arrow.Field;

namespace Pyrite;

public sealed class ConversionTests : IDisposable
{
    private static readonly Table Schools = new(
        Column.Texts("school", "Choate", "Zürich", null, "Choate"),
        Column.Numbers("effect", 28, 0.1 + 0.2, double.NaN, -1e300),
        Column.Integers("visits", (ReadOnlySpan<long?>)[long.MaxValue, null, -3, 0]),
        Column.Truths("private", true, null, false, true),
        Column.Dates("founded", new DateTime(1890, 1, 2), null, new DateTime(2026, 11, 29, 23, 59, 58).AddMicroseconds(7), DateTime.UnixEpoch));

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-arrow-").FullName;

    public static TheoryData<string> Ways => ["batch", "arrow", "parquet", "frame"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Ways))]
    public void A_table_comes_back_as_it_went(string way) => Same(Schools, There(way, Schools));

    [Theory, MemberData(nameof(Ways))]
    public void A_thousand_rows_come_back(string way)
    {
        double[] numbers = new double[1_000];
        RandomKey.FromSeed(3).FillNormal(numbers);
        Table table = new(Column.Numbers("x", numbers), Column.Integers("n", [.. Enumerable.Range(0, 1_000).Select(i => (long)i)]),
            Column.Texts("group", [.. Enumerable.Range(0, 1_000).Select(i => $"g{i % 17}")]));
        Same(table, There(way, table));
    }

    [Fact]
    public void Every_width_of_arrow_numbers_is_read()
    {
        Schema.Builder schema = new();
        IArrowArray[] arrays =
        [
            new Int8Array.Builder().Append(-1).AppendNull().Build(), new Int16Array.Builder().Append(-2).AppendNull().Build(),
            new Int32Array.Builder().Append(-3).AppendNull().Build(), new UInt8Array.Builder().Append(4).AppendNull().Build(),
            new UInt16Array.Builder().Append(5).AppendNull().Build(), new UInt32Array.Builder().Append(6).AppendNull().Build(),
            new UInt64Array.Builder().Append(7).AppendNull().Build(), new FloatArray.Builder().Append(0.5f).AppendNull().Build(),
            new Date32Array.Builder().Append(new DateTime(2000, 2, 29)).AppendNull().Build(),
        ];
        for (int i = 0; i < arrays.Length; i++)
        {
            schema.Field(new Field($"c{i}", arrays[i].Data.DataType, nullable: true));
        }
        Table table = Table.From(new RecordBatch(schema.Build(), arrays, 2));
        Assert.Equal([-1, -2, -3, 4, 5, 6, 7], table.Columns.Take(7).Select(column => column.ToIntegers()[0]!.Value));
        Assert.Equal(0.5, table["c7"].ToNumbers()[0]);
        Assert.Equal(new DateTime(2000, 2, 29), table["c8"].ToDates()[0]);
        Assert.All(table.Columns, column => Assert.Null(column.TextOf(1)));
    }

    [Fact]
    public void A_column_that_tables_do_not_have_is_refused_by_name()
    {
        ListArray.Builder lists = new(Int32Type.Default);
        lists.Append();
        IArrowArray array = lists.Build();
        RecordBatch batch = new(new Schema.Builder().Field(new Field("lists", array.Data.DataType, true)).Build(), [array], 1);
        Assert.Contains("Cannot make a table: column \"lists\": expected numbers, truth values, texts or dates; found Arrow's type list",
            Assert.Throws<InvalidDataException>(() => Table.From(batch)).Message);

        UInt64Array large = new UInt64Array.Builder().Append(ulong.MaxValue).Build();
        RecordBatch beyond = new(new Schema.Builder().Field(new Field("large", large.Data.DataType, true)).Build(), [large], 1);
        Assert.Contains("found 18446744073709551615, beyond", Assert.Throws<InvalidDataException>(() => Table.From(beyond)).Message);
        Assert.Contains("\"spans\"", Assert.Throws<InvalidDataException>(() =>
            Table.From(new DataFrame(new PrimitiveDataFrameColumn<ulong>("spans", [ulong.MaxValue])))).Message);
    }

    [Fact]
    public async Task Narrow_and_required_columns_and_several_row_groups_of_parquet_are_read()
    {
        string path = Path.Combine(folder, "narrow.parquet");
        DataField[] fields = [new DataField<int>("int"), new DataField<float>("float", true), new DataField<string>("text")];
        await using (FileStream file = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file))
        {
            for (int i = 0; i < 3; i++)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await group.WriteAsync<int>(fields[0], new[] { i, 10 * i });
                await group.WriteAsync<float>(fields[1], new float?[] { 0.25f, null });
                await group.WriteAsync(fields[2], new[] { "a", "b" });
            }
        }
        Table table = Table.ReadParquet(path);
        Assert.Equal([0L, 0, 1, 10, 2, 20], table["int"].ToIntegers().Select(value => value!.Value));
        Assert.Equal([0.25, null, 0.25, null, 0.25, null], table["float"].ToNumbers());
        Assert.Equal(["a", "b"], table["text"].Labels);
    }

    [Theory, InlineData("arrow"), InlineData("parquet")]
    public void Damaged_files_are_read_or_refused(string way) => Damage(way, 1_000);

    [Theory, InlineData("arrow"), InlineData("parquet"), Trait("Category", "Long")]
    public void Twenty_thousand_damaged_files_are_read_or_refused(string way) => Damage(way, 20_000);

    private void Damage(string way, int times)
    {
        string path = Path.Combine(folder, "whole");
        Save(way, Schools, path);
        byte[] whole = File.ReadAllBytes(path);
        int refused = 0;
        for (int i = 0; i < times; i++)
        {
            byte[] damaged = [.. whole];
            long[] draws = new long[3];
            RandomKey.FromSeed(77).Child(i).FillIntegers(draws, damaged.Length);
            damaged[draws[0]] ^= (byte)(1 + (draws[1] % 255));
            File.WriteAllBytes(path, i % 4 == 0 ? damaged[..(int)draws[2]] : damaged);
            try
            {
                _ = Read(way, path);
            }
            catch (InvalidDataException problem)
            {
                Assert.Contains($"Cannot read \"{path}\"", problem.Message);
                refused++;
            }
        }
        Assert.InRange(refused, times / 4, times);
    }

    /// <summary>Descriptions of which Parquet.Net alone would read on without end, or with all memory.</summary>
    [Theory]
    [InlineData("a text that is longer than what is left", "68 7F 41", "a length of 127")]
    [InlineData("a note that is longer than what is left", "88 FF FF FF FF 07 41", "a length of 2,147,483,647")]
    [InlineData("a number that does not end", "15 FF FF", "an early end")]
    [InlineData("a number of many bytes", "15 FF FF FF FF FF FF 01 00", "a number of too many bytes")]
    [InlineData("a list of more than there can be", "29 FC FF FF FF FF 07 15 00 00", "a length of 2,147,483,647")]
    [InlineData("a name where a number should be", "18 01 41 00", "field 1 of another type")]
    [InlineData("structures in structures", "CC 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C 1C", "nested too deep")]
    [InlineData("nothing", "", "an early end")]
    public void Descriptions_without_end_are_refused(string found, string bytes, string message)
    {
        byte[] footer = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        string path = Path.Combine(folder, "circle");
        File.WriteAllBytes(path, [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8]);
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() => Table.ReadParquet(path));
        Assert.True(problem.Message.Contains(message, StringComparison.Ordinal), $"{found}: {problem.Message}");
    }

    [Theory, InlineData("arrow"), InlineData("parquet")]
    public void A_missing_file_is_said_to_be_missing(string way) =>
        Assert.Throws<FileNotFoundException>(() => Read(way, Path.Combine(folder, "nothing")));

    private Table There(string way, Table table)
    {
        string path = Path.Combine(folder, "table");
        switch (way)
        {
            case "batch":
                return Table.From(table.ToRecordBatch());
            case "frame":
                return Table.From(table.ToDataFrame());
            default:
                Save(way, table, path);
                return Read(way, path);
        }
    }

    private static void Save(string way, Table table, string path)
    {
        if (way == "arrow")
        {
            table.SaveArrow(path);
        }
        else
        {
            table.SaveParquet(path);
        }
    }

    private static Table Read(string way, string path) => way == "arrow" ? Table.ReadArrow(path) : Table.ReadParquet(path);

    private static void Same(Table expected, Table found)
    {
        Assert.Equal(expected.Names, found.Names);
        foreach ((Column one, Column other) in expected.Columns.Zip(found.Columns))
        {
            Assert.Equal(one.Kind, other.Kind);
            Assert.Equal(one.Labels, other.Labels);
            Assert.Equal(one.ToTexts(), other.ToTexts());
        }
    }
}
