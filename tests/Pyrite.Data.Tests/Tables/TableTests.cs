using System.Text;

namespace Pyrite.Tests.Tables;

public sealed class TableTests
{
    private const string Schools = """"
        school,y,sigma,site,open,since
        Choate,28,15.5,1,true,2001-02-03
        Deerfield,8,10,2,false,2001-02-05
        "Exeter, ""old""",-3,16,1,true,2001-02-04 12:00
        """";

    [Fact]
    public void Kinds_are_found_and_columns_are_tensors()
    {
        Table table = Read(Schools);

        Assert.Equal(["school", "y", "sigma", "site", "open", "since"], table.Names);
        Assert.Equal([ColumnKind.Category, ColumnKind.Integer, ColumnKind.Number, ColumnKind.Integer, ColumnKind.Truth, ColumnKind.Date],
            table.Columns.Select(column => column.Kind));
        Tensor y = table["y"], sigma = table["sigma"], open = table["open"];
        Assert.Equal([28L, 8, -3], y.ToArray<long>());
        Assert.Equal([15.5f, 10, 16], sigma.ToArray<float>());
        Assert.Equal([true, false, true], open.ToArray<bool>());
        Assert.Equal(["Choate", "Deerfield", "Exeter, \"old\""], table["school"].Labels);
        Assert.Equal([0f, 2, 1.5f], table["since"].Elapsed(TimeSpan.FromDays(1)).ToArray<float>());
        Assert.Equal([28f, 15.5f, 8, 10, -3, 16], table.Tensor("y", "sigma").ToArray<float>());
        using (Precision.Use(DType.Float64))
        {
            Assert.Equal(DType.Float64, table["sigma"].Values.DType);
        }
    }

    [Fact]
    public void Missing_values_are_masks_and_never_enter_a_tensor_unseen()
    {
        Table table = Read("a,b,c\n1,NA,x\n,2.5,NaN\n3,0.5,y\n");

        Assert.Equal([1, 1, 1], table.Columns.Select(column => column.MissingCount));
        Assert.Equal([true, false, true], table["a"].Present.ToArray<bool>());
        Assert.Equal([1f, -1, 3], table["a"].ValuesOr(-1).ToArray<float>());
        Assert.Equal(["x", "y"], table["c"].Labels);
        Assert.Contains("\"a\"", Assert.Throws<InvalidOperationException>(() => table["a"].Values).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => table.Tensor("a", "b"));
        Assert.Throws<InvalidOperationException>(() => table["c"].Groups());
        Assert.Equal([3L], table.DropMissing()["a"].Values.ToArray<long>());
        Assert.Equal(2, table.DropMissing("b").RowCount);
        Assert.Equal(["x", "y"], table.DropMissing("a", "c")["c"].Labels);
    }

    [Fact]
    public void Groups_and_codings_have_names()
    {
        Table table = Read("g,k,t\nb,30,true\na,10,false\nb,30,true\nc,20,true\n");

        Groups groups = table["g"].Groups();
        Assert.Equal(["a", "b", "c"], groups.Names);
        Assert.Equal([1L, 0, 1, 2], groups.Index.ToArray<long>());
        Assert.Equal([2L, 0, 2, 1], table["k"].Groups().Index.ToArray<long>());
        Assert.Equal(["10", "20", "30"], table["k"].Groups().Names);
        Assert.Equal(["false", "true"], table["t"].Groups().Names);
        Assert.Equal([0f, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], table["g"].OneHot().Values.ToArray<float>());
        Coding treatment = table["g"].Treatment("b");
        Assert.Equal(["a", "c"], treatment.Names);
        Assert.Equal([0f, 0, 1, 0, 0, 0, 0, 1], treatment.Values.ToArray<float>());
        Assert.Contains("\"a\", \"b\", \"c\"", Assert.Throws<ArgumentException>(() => table["g"].Treatment("d")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_standardization_is_undone()
    {
        Tensor x = Tensor.From(new double[,] { { 1, 10 }, { 2, 30 }, { 6, 20 } });
        Standardization standard = Standardization.Of(x);

        Assert.Equal([3.0, 20], standard.Mean.ToArray<double>());
        Assert.Equal([Math.Sqrt(7), 10], standard.Scale.ToArray<double>());
        Assert.Equal(x.ToArray<double>(), standard.Undo(standard.Apply(x)).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<ArgumentException>(() => Standardization.Of(Tensor.From([2.0, 2, 2])));
        Assert.Throws<ArgumentException>(() => Standardization.Of(Tensor.From([2.0, double.NaN, 1])));
        Assert.Throws<ArgumentException>(() => Standardization.Of(Tensor.From([2.0])));
    }

    [Fact]
    public void A_split_holds_every_row_once_and_follows_its_key()
    {
        Table table = new(Column.Integers("i", [.. Enumerable.Range(0, 100).Select(i => (long)i)]));

        (Table first, Table second) = table.Split(0.75, RandomKey.FromSeed(1));
        (Table again, _) = table.Split(0.75, RandomKey.FromSeed(1));
        (Table other, _) = table.Split(0.75, RandomKey.FromSeed(2));
        long[] a = first["i"].Values.ToArray<long>(), b = second["i"].Values.ToArray<long>();
        Assert.Equal(75, a.Length);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), a.Concat(b).Order());
        Assert.Equal(a, again["i"].Values.ToArray<long>());
        Assert.NotEqual(a, other["i"].Values.ToArray<long>());
    }

    [Fact]
    public void Rows_are_chosen_by_number_and_by_condition()
    {
        Table table = Read(Schools);

        Assert.Equal([-3L, 28, -3], table.Rows(2, 0, 2)["y"].Values.ToArray<long>());
        Assert.Equal([28L, 8], table.Where((Tensor)table["y"] > 0)["y"].Values.ToArray<long>());
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Rows(3));
        Assert.Throws<ArgumentException>(() => table.Where(table["y"]));
        Assert.Equal([1.0, 2, 3], table.With(Column.Numbers("y", 1, 2, 3))["y"].ValuesOr(0).ToArray<float>().Select(x => (double)x));
        Assert.Throws<ArgumentException>(() => table.With(Column.Numbers("z", 1, 2)));
        Assert.Contains("\"school\"", Assert.Throws<KeyNotFoundException>(() => table["School"]).Message, StringComparison.Ordinal);
        Assert.Contains("3 rows, 6 columns", table.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Numbers, then a text: all cells are texts as they stood, also those that were read as numbers first.</summary>
    [Theory]
    [InlineData("x\n1\n2.50\nabc\n", ColumnKind.Category, "1|2.50|abc")]
    [InlineData("x\n1\n2.5\n", ColumnKind.Number, "1|2.5")]
    [InlineData("x\n9007199254740993\n2.5\n", ColumnKind.Category, "9007199254740993|2.5")]
    [InlineData("x\n00501\n12345\n", ColumnKind.Category, "00501|12345")]
    [InlineData("x\n12345\n00501\n", ColumnKind.Category, "12345|00501")]
    [InlineData("x\ntrue\nFalse\n", ColumnKind.Truth, "true|false")]
    [InlineData("x\ntrue\n1\n", ColumnKind.Category, "true|1")]
    [InlineData("x\n-Inf\n1e-300\n+2\n", ColumnKind.Number, "-Infinity|1E-300|2")]
    [InlineData("x\n2024-02-30\n", ColumnKind.Category, "2024-02-30")]
    [InlineData("x\n2024-02-29T01:02:03+02:00\n", ColumnKind.Date, "2024-02-28T23:02:03")]
    [InlineData("x\nNA\nNA\n", ColumnKind.Number, "-|-")]
    [InlineData("x\n1\n\n3", ColumnKind.Integer, "1|-|3")]
    [InlineData("x\r\n\" a \"\r\n  b \r\n", ColumnKind.Category, " a |b")]
    [InlineData("x\n\"two\nlines\"\n\"\"\"\"\n", ColumnKind.Category, "two\nlines|\"")]
    public void Every_cell_keeps_its_value(string text, ColumnKind kind, string cells)
    {
        Column column = Read(text).Columns[0];
        Assert.Equal(kind, column.Kind);
        Assert.Equal(cells, string.Join("|", Enumerable.Range(0, column.Count).Select(row => column.TextOf(row) ?? "-")));
    }

    [Fact]
    public void Separators_decimals_and_names_are_taken_as_told()
    {
        Assert.Equal([1.5f, 2], Read("a;b\n1,5;x\n2;y\n", new CsvOptions { DecimalSeparator = ',' })["a"].Values.ToArray<float>());
        Assert.Equal(["a", "b"], Read("a\tb\n1\t2\n").Names);
        Assert.Equal(["a|b"], Read("a|b\n1|2\n", new CsvOptions { Separator = ',' }).Names);
        Assert.Equal([1L, 3], Read("1,2\n3,4\n", new CsvOptions { HasHeader = false })["column 1"].Values.ToArray<long>());
        Assert.Equal(["column 1", "x"], Read(",x\nr1,1\n").Names);
        Assert.Equal(["b", "a"], Read("a,b,c\n1,2,3\n", new CsvOptions { Columns = ["b", "a"] }).Names);
        CsvOptions texts = new() { Kinds = new Dictionary<string, ColumnKind> { ["k"] = ColumnKind.Category } };
        Assert.Equal(["1", "2"], Read("k\n2\n1\n", texts)["k"].Labels);
        Assert.Equal(1, Read("a\n-99\n5\n", new CsvOptions { Missing = ["-99"] })["a"].MissingCount);
        Assert.Equal(2, Read("a,b\n1,2\n\n3,4\n\n").RowCount);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("a,b\n1,2\n3\n", "line 3: expected 2 cells; found 1")]
    [InlineData("a,b\n1,2\n3,4,5\n", "line 3: expected 2 cells; found 3")]
    [InlineData("a,a\n1,2\n", "two columns are called \"a\"")]
    [InlineData("a,b\n1,\"open\n2,3\n", "quote")]
    [InlineData("a,b\nx\"y\"z,1\n", "line 2, column \"a\": a quote")]
    public void What_is_no_table_is_refused_with_its_place(string text, string said) =>
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cell_of_another_kind_than_given_is_named()
    {
        CsvOptions options = new() { Kinds = new Dictionary<string, ColumnKind> { ["x"] = ColumnKind.Number } };
        string message = Assert.Throws<InvalidDataException>(() => Read("g,x\na,1\nb,1.5a\n", options)).Message;
        Assert.Contains("line 3, column \"x\": expected numbers; found \"1.5a\"", message, StringComparison.Ordinal);
        string unknown = Assert.Throws<InvalidDataException>(() => Read("x\n1\n", options with { Columns = ["y"] })).Message;
        Assert.Contains("\"y\"", unknown, StringComparison.Ordinal);
        Assert.Contains("\"g\"", Assert.Throws<InvalidOperationException>(() => Read("g\na\n")["g"].Values).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_read_by_their_encoding()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "x.csv");
        File.WriteAllText(path, "näme,x\nß,1\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(["näme", "x"], Table.ReadCsv(path).Names);
        File.WriteAllText(path, "näme,x\nß,1\n", Encoding.Latin1);
        Assert.Contains("CsvOptions.Encoding", Assert.Throws<InvalidDataException>(() => Table.ReadCsv(path)).Message, StringComparison.Ordinal);
        Assert.Equal("ß", Table.ReadCsv(path, new CsvOptions { Encoding = Encoding.Latin1 })["näme"].TextOf(0));
        Assert.Contains("it is a folder", Assert.Throws<InvalidDataException>(() => Table.ReadCsv(folder.Path)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => Table.ReadCsv(Path.Combine(folder.Path, "none.csv")));
    }

    /// <summary>Texts with bytes changed, cut and doubled are read or refused, never anything else.</summary>
    [Theory]
    [InlineData(2_000, 6)]
    public void Damaged_texts_are_read_or_refused(int count, int seed) => Damage(count, seed);

    [Theory, Trait("Category", "Long")]
    [InlineData(20_000, 7)]
    public void Many_damaged_texts_are_read_or_refused(int count, int seed) => Damage(count, seed);

    private static void Damage(int count, int seed)
    {
        Random random = new(seed);
        const string Signs = "\",;\n\r\t|'x1.-é\0 ";
        for (int i = 0; i < count; i++)
        {
            StringBuilder text = new(Schools);
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int place = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0: text[place] = Signs[random.Next(Signs.Length)]; break;
                    case 1: text.Remove(place, Math.Min(random.Next(1, 9), text.Length - place)); break;
                    default: text.Insert(place, Signs[random.Next(Signs.Length)]); break;
                }
            }
            try
            {
                Table table = Read(text.ToString());
                Assert.All(table.Columns, column => Assert.Equal(table.RowCount, column.Count));
            }
            catch (InvalidDataException refusal)
            {
                Assert.StartsWith("Reading text", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    private static Table Read(string text, CsvOptions? options = null) => Table.ReadCsv(new StringReader(text), "text", options);
}
