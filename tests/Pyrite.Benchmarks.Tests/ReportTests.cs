using System.Text.Json;

namespace Pyrite;

/// <summary>How figures are printed, saved and read again.</summary>
public sealed class ReportTests
{
    [Fact]
    public void A_share_above_one_is_never_printed_without_the_word()
    {
        Measured calm = Measured.Of(Enumerable.Repeat(new Pair(1, 100, 100, 1), 30).ToArray());
        BenchmarkReport report = new BenchmarkReport("x").AddShare("below", calm, 99e9).AddShare("above", calm, 101e9)
            .AddRatio("efficiency", calm, calm, 1.01, most: 1);

        Assert.Equal("0.990", report.Find("below")!.Text);
        Assert.Equal("1.010 disturbed", report.Find("above")!.Text);
        Assert.Equal("1.010 disturbed", report.Find("efficiency")!.Text);
    }

    [Fact]
    public void Disturbed_slices_are_said_in_tables_and_lines()
    {
        Measured disturbed = Measured.Of([new Pair(2e-6, 100, 100, 0.5)]);
        BenchmarkReport report = new BenchmarkReport("x").AddTime("step_us", disturbed, 1e6, "µs").Add("bytes", 1234567);

        Assert.Equal("step_us  2.000 disturbed  2.000 to 2.000  µs\nbytes    1,234,567\n", report.ToTable());
        Assert.Contains("| `step_us` | 2.000 *disturbed* | 2.000 to 2.000 | µs |\n", report.ToMarkdown());
        Assert.Equal("""{"name":"x","metrics":{"step_us":2,"bytes":1234567},"disturbed":["step_us"]}""", report.ToLine());
    }

    [Fact]
    public void A_saved_run_is_read_as_it_was()
    {
        Measured disturbed = Measured.Of([new Pair(2e-6, 100, 100, 0.5), new Pair(3e-6, 120, 90, 1)]);
        BenchmarkReport report = new BenchmarkReport("svi").AddTime("step_us", disturbed, 1e6, "µs").Add("none", double.NaN).Add("zero", 0);
        string path = Path.GetTempFileName();
        try
        {
            new SavedRun("Zen 9", "AVX-512", "a machine", "2026-11-29", "abc1234", [report]).Save(path);
            SavedRun read = SavedRun.Load(path);

            (string, string, string, string, string) circumstances = (read.Processor, read.Mode, read.Machine, read.Date, read.Commit);
            Assert.Equal(("Zen 9", "AVX-512", "a machine", "2026-11-29", "abc1234"), circumstances);
            Assert.Equal("svi", Assert.Single(read.Reports).Name);
            Assert.Equal(report.Figures, read.Reports[0].Figures);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"processor":1}""")]
    public void What_is_no_saved_run_is_refused_by_name(string text)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        try
        {
            Assert.Contains(path, Assert.Throws<ArgumentException>(() => SavedRun.Load(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_figure_that_is_not_finite_is_null_in_the_line()
    {
        using JsonDocument line = JsonDocument.Parse(new BenchmarkReport("x").Add("none", double.NaN).ToLine());

        Assert.Equal(JsonValueKind.Null, line.RootElement.GetProperty("metrics").GetProperty("none").ValueKind);
    }
}
