namespace Pyrite;

/// <summary>The generated part of a document of results.</summary>
public sealed class ResultsFileTests
{
    private const string Notes = "# Results\n\nBy hand.\n";

    private static readonly string[] Order = ["svi", "nuts"];

    [Fact]
    public void The_first_section_stands_behind_what_is_written_by_hand()
    {
        string text = ResultsFile.Replace(Notes, Run("AVX-512", Report("svi", 6.5)), Order);

        Assert.StartsWith(Notes + "\n<!-- begin Zen 9, AVX-512 -->\n## Zen 9, AVX-512\n\na machine.\n", text);
        Assert.Contains("### `svi`\n\n2026-11-29, commit abc1234. Peak of the same run: 250.0 GFLOP/s.\n", text);
        Assert.Contains("| `step_us` | 6.500 |", text);
        Assert.DoesNotContain("`peak_", text);
        Assert.EndsWith("<!-- end Zen 9, AVX-512 -->\n", text);
    }

    [Fact]
    public void The_same_run_twice_gives_the_same_text()
    {
        SavedRun run = Run("AVX-512", Report("svi", 6.5), Report("nuts", 0.2));
        string once = ResultsFile.Replace(Notes, run, Order);

        Assert.Equal(once, ResultsFile.Replace(once, run, Order));
    }

    [Fact]
    public void A_run_of_some_benchmarks_replaces_their_tables_alone()
    {
        string text = ResultsFile.Replace(Notes, Run("AVX-512", Report("nuts", 0.2)), Order);
        text = ResultsFile.Replace(text, Run("AVX-512", Report("svi", 6.5)), Order);
        text = ResultsFile.Replace(text, Run("AVX-512", Report("svi", 7.5)), Order);

        Assert.Contains("7.500", text);
        Assert.DoesNotContain("6.500", text);
        Assert.True(text.IndexOf("`svi`") < text.IndexOf("`nuts`"), "tables stand in the order of the benchmarks");
        Assert.Equal(1, Count(text, "### `nuts`"));
    }

    [Fact]
    public void Other_modes_and_notes_stay_to_the_letter()
    {
        string first = ResultsFile.Replace(Notes, Run("AVX-512", Report("svi", 6.5)), Order);
        string section = first[first.IndexOf("<!--", StringComparison.Ordinal)..];
        string text = ResultsFile.Replace($"{first}\n## Notes\n\nBy hand, too.\n", Run("AVX2 only", Report("svi", 9.5)), Order);

        Assert.StartsWith(Notes + "\n", text);
        Assert.Contains(section, text);
        Assert.Contains("<!-- begin Zen 9, AVX2 only -->", text);
        Assert.EndsWith("\n<!-- end Zen 9, AVX2 only -->\n\n## Notes\n\nBy hand, too.\n", text);

        string again = ResultsFile.Replace(text, Run("AVX-512", Report("svi", 5.5)), Order);
        Assert.Equal(text.Replace("6.500", "5.500"), again);
    }

    [Fact]
    public void Tables_of_benchmarks_that_are_gone_go()
    {
        string text = ResultsFile.Replace(Notes, Run("AVX-512", Report("svi", 6.5), Report("nuts", 0.2)), Order);

        Assert.DoesNotContain("nuts", ResultsFile.Replace(text, Run("AVX-512", Report("svi", 6.5)), ["svi"]));
    }

    [Theory]
    [InlineData("<!-- begin Zen 9, AVX-512 -->\n")]
    [InlineData("<!-- end Zen 9, AVX-512 -->\n")]
    [InlineData("<!-- end Zen 9, AVX-512 -->\n<!-- begin Zen 9, AVX-512 -->\n")]
    public void Markers_that_do_not_fit_together_are_refused(string text)
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => ResultsFile.Replace(text, Run("AVX-512", Report("svi", 1)), Order));

        Assert.Contains("Zen 9, AVX-512", problem.Message);
    }

    [Fact]
    public void A_file_that_cannot_be_updated_stays_as_it_was()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "<!-- begin Zen 9, AVX-512 -->\n");
            Assert.Throws<ArgumentException>(() => ResultsFile.Update(path, Run("AVX-512", Report("svi", 1)), Order));
            Assert.Equal("<!-- begin Zen 9, AVX-512 -->\n", File.ReadAllText(path));

            File.WriteAllText(path, Notes);
            ResultsFile.Update(path, Run("AVX-512", Report("svi", 1)), Order);
            Assert.StartsWith(Notes, File.ReadAllText(path));
            Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".*.new"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static BenchmarkReport Report(string name, double microseconds)
    {
        Measured measured = Measured.Of([new Pair(microseconds * 1e-6, 250, 250, 1)], enough: 1);
        return new BenchmarkReport(name)
            .AddRate("peak_float32_one_thread_gflops", measured, 250 * microseconds * 1e-6, "GFLOP/s")
            .AddTime("step_us", measured, 1e6, "µs");
    }

    private static SavedRun Run(string mode, params BenchmarkReport[] reports) => new("Zen 9", mode, "a machine", "2026-11-29", "abc1234", reports);

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "").Length) / part.Length;
}
