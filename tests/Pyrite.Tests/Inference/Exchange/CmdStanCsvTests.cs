extern alias engine;

using System.Text;
using AtomicFile = engine::Pyrite.Serialization.AtomicFile;

namespace Pyrite.Tests;

public sealed class CmdStanCsvTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-csv-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Draws_come_back_bit_by_bit()
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 5e-324, 1.0 / 3, double.MaxValue, 12];
        Draws draws = new(2, 4, [new DrawsVariable("tau", Shape.Scalar, odd), new DrawsVariable("net.weight", [3, 2], Series.Normal(1, 48))]);
        Draws statistics =
            new(2, 4,
                [new DrawsVariable("energy__", Shape.Scalar, Series.Normal(2, 8)), new DrawsVariable("lp__", Shape.Scalar, Series.Normal(3, 8))]);
        CmdStanDraws read = CmdStanCsv.Load(CmdStanCsv.Save(Path.Combine(folder, "run"), draws, statistics));
        Assert.Equal(2, read.Draws.Chains);
        Assert.Equal(["tau", "net.weight"], read.Draws.Names);
        Assert.Equal(Array.ConvertAll(odd, BitConverter.DoubleToInt64Bits),
            Array.ConvertAll(read.Draws.Scalar("tau"), BitConverter.DoubleToInt64Bits));
        Assert.Equal(Shape.Create(3, 2), read.Draws.Variable("net.weight").EventShape);
        Assert.Equal(draws.Variable("net.weight").Values.ToArray(), read.Draws.Variable("net.weight").Values.ToArray());
        Assert.Equal(["lp__", "energy__"], read.Statistics!.Names);
        Assert.Equal(statistics.Scalar("energy__"), read.Statistics.Scalar("energy__"));
    }

    [Fact]
    public void Files_look_as_cmdstan_writes_them()
    {
        Draws draws = new(1, 1, [new DrawsVariable("mu", Shape.Scalar, [0.5]), new DrawsVariable("s", [2, 2], [11, 12, 21, 22])]);
        Draws statistics = new(1, 1, [new DrawsVariable("stepsize__", Shape.Scalar, [0.25]), new DrawsVariable("lp__", Shape.Scalar, [-3])]);
        string path =
            CmdStanCsv.Save(Path.Combine(folder, "eight"), draws, statistics, new CmdStanRun { Model = "eight schools", Seed = 7 }).Single();
        string[] lines = File.ReadAllLines(path);
        Assert.EndsWith("eight_1.csv", path);
        Assert.Equal(["lp__,accept_stat__,stepsize__,mu,s.1.1,s.2.1,s.1.2,s.2.2", "-3,0,0.25,0.5,11,21,12,22"],
            lines.Where(line => !line.StartsWith('#')));
        Assert.Equal(
            ["# ", "#  Elapsed Time: 0 seconds (Warm-up)", "#                0 seconds (Sampling)", "#                0 seconds (Total)", "# "],
                lines[^5..]);
        Assert.Contains("# model = eight schools", lines);
        Assert.Contains("#   seed = 7", lines);
        Assert.Contains("#     num_samples = 1", lines);
    }

    [Fact]
    public void Reads_files_of_cmdstan_with_warmup_comments_between_and_columns_in_any_order()
    {
        string path = Write("a.csv", """
            # method = sample (Default)
            #     num_warmup = 3
            #     save_warmup = 1
            #     thin = 2
            lp__,b.2,b.1,divergent__
            1,2,3,0
            1,2,3,0
            # Adaptation terminated
            # Diagonal elements of inverse mass matrix:
            # 1, 1

            -4,5,6,1
            -7,8e0, 9 ,0
            # Elapsed Time: 0.1 seconds (Warm-up)
            """);
        CmdStanDraws read = CmdStanCsv.Load([path]);
        Assert.Equal([6, 5, 9, 8], read.Draws.Variable("b").Values.ToArray());
        Assert.Equal([1, 0], read.Statistics!.Scalar("divergent__"));
    }

    [Theory]
    [InlineData("", "has no header")]
    [InlineData("# only comments\n", "has no header")]
    [InlineData("a,b\n", "has 0 rows")]
    [InlineData("a,b\n1\n", "line 2 has 1 fields, the header 2")]
    [InlineData("a,b\n1,2,3\n", "more than the 2 fields")]
    [InlineData("a,b\n1,x\n", "column \"b\": \"x\" is no number")]
    [InlineData("a,b\n1,\n", "column \"b\": \"\" is no number")]
    [InlineData("a,a\n1,2\n", "there twice")]
    [InlineData("a,\n1,2\n", "is empty")]
    [InlineData("a.1,a.3\n1,2\n", "All entries of an array must be there")]
    [InlineData("a.1,a\n1,2\n", "with 1 and with 0 indices")]
    [InlineData("a.1,a.01\n1,2\n", "entries of \"a\"")]
    [InlineData("a.2147483647.2147483647\n1\n", "All entries of an array must be there")]
    [InlineData("# num_warmup = 5\n# save_warmup = true\na\n1\n", "there are no draws")]
    public void Refuses_what_is_no_such_file(string content, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => CmdStanCsv.Load([Write("bad.csv", content)])).Message);

    [Fact]
    public void Refuses_files_beyond_the_limits()
    {
        string path = Write("large.csv", "a,b,c\n" + string.Concat(Enumerable.Repeat("1,2,3\n", 100)));
        Assert.Contains("has 3 columns",
            Assert.Throws<InvalidDataException>(() => CmdStanCsv.Load([path], new CmdStanLimits { Columns = 2 })).Message);
        Assert.Contains("limit of numbers",
            Assert.Throws<InvalidDataException>(() => CmdStanCsv.Load([path], new CmdStanLimits { Numbers = 299 })).Message);
        Assert.Contains("limit of numbers",
            Assert.Throws<InvalidDataException>(() => CmdStanCsv.Load([path, path], new CmdStanLimits { Numbers = 599 })).Message);
        Assert.Equal(200, CmdStanCsv.Load([path, path], new CmdStanLimits { Numbers = 600, Columns = 3, LineBytes = 6 }).Draws.Count);
        Assert.Contains("line 1 is longer than 4 bytes",
            Assert.Throws<InvalidDataException>(() => CmdStanCsv.Load([path], new CmdStanLimits { LineBytes = 4 })).Message);
    }

    [Fact]
    public void Refuses_chains_that_do_not_belong_together()
    {
        string first = Write("1.csv", "a\n1\n2\n"), shorter = Write("2.csv", "a\n1\n"), other = Write("3.csv", "b\n1\n2\n");
        Assert.Contains("has 1 draws", Assert.Throws<InvalidDataException>(() => CmdStanCsv.Load([first, shorter])).Message);
        Assert.Contains("other columns", Assert.Throws<InvalidDataException>(() => CmdStanCsv.Load([first, other])).Message);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("#a")]
    [InlineData("w.1")]
    [InlineData("w.")]
    [InlineData("a__")]
    [InlineData("a\"")]
    public void Refuses_names_that_would_not_come_back(string name)
    {
        Draws draws = new(1, 1, [new DrawsVariable(name, Shape.Scalar, [1])]);
        Assert.Throws<ArgumentException>(() => CmdStanCsv.Save(Path.Combine(folder, "x"), draws));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_crash()
    {
        Draws draws = new(1, 5, [new DrawsVariable("mu", Shape.Scalar, Series.Normal(1, 5)), new DrawsVariable("s", [2, 2], Series.Normal(2, 20))]);
        byte[] whole = File.ReadAllBytes(CmdStanCsv.Save(Path.Combine(folder, "f"), draws).Single());
        string path = Path.Combine(folder, "damaged.csv");
        int refused = 0;
        byte[] alphabet = Encoding.ASCII.GetBytes("0123456789.,#-en\n\r \"_\0");
        for (int round = 0; round < 600; round++)
        {
            RandomKey key = RandomKey.FromSeed((ulong)round);
            long[] draw = new long[7];
            key.FillIntegers(draw, 1 << 30);
            byte[] bytes = whole[..(round % 3 == 0 ? (int)(draw[0] % whole.Length) : whole.Length)];
            for (int edit = 0; edit < 3 && bytes.Length > 0; edit++)
            {
                bytes[draw[1 + edit] % bytes.Length] = draw[4] % 5 == 0 ? (byte)draw[5] : alphabet[draw[4 + edit] % alphabet.Length];
            }
            File.WriteAllBytes(path, bytes);
            try
            {
                Assert.True(CmdStanCsv.Load([path], new CmdStanLimits { Numbers = 1000, Columns = 100, LineBytes = 1000 }).Draws.Count > 0);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 50, 599);
    }

    [Fact]
    public void A_failed_write_leaves_the_earlier_file_alone()
    {
        string path = CmdStanCsv.Save(Path.Combine(folder, "run"), new Draws(1, 1, [new DrawsVariable("mu", Shape.Scalar, [1])])).Single();
        Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => throw new IOException("disk full")));
        Assert.Equal(1, CmdStanCsv.Load([path]).Draws.Scalar("mu")[0]);
        Assert.Single(Directory.GetFiles(folder));
        Assert.Throws<DirectoryNotFoundException>(() => CmdStanCsv.Save(Path.Combine(folder, "no", "run"), new Draws(1, 1, [])));
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
