using System.Globalization;
using System.Text.RegularExpressions;
using Pyrite.Plotting.Tests;

namespace Pyrite.Cli.Tests.Commands;

/// <summary>Whole runs of <c>pyrite sample</c>, shortened.</summary>
public sealed class SampleTests
{
    private static readonly string[] Plots = ["autocorrelation", "densities", "energy", "intervals", "pairs", "ranks", "schools", "trace"];

    [Fact]
    public void Prints_the_summary_and_leaves_plots_and_draws()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Sample(folder, "eight-schools", "--chains", "2", "--svg");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("NUTS: 2 chains of 200 warm-up transitions and 200 draws, target acceptance 0.95, seed 0", run.OutputLines);
        Assert.Contains(run.OutputLines, line => line.StartsWith("tau ", StringComparison.Ordinal));
        Assert.Contains(run.OutputLines, line => Regex.IsMatch(line, @"^400 draws in \d+\.\d\d s, \d+\.\d gradients each, step size \d\.\d\d\d$"));
        Assert.StartsWith($"Saved in {folder.PathOf("out")}: the draws (draws_1.csv to draws_2.csv) and plots (schools, trace, ",
            run.OutputLines[^1]);
        string[] expected = [.. Plots.Select(plot => plot + ".png"), .. Plots.Select(plot => plot + ".svg"), "draws_1.csv", "draws_2.csv"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), FilesIn(folder.PathOf("out")));
        Assert.All(Plots, plot => Assert.True(PngPixels.Load(folder.PathOf($"out/{plot}.png")).Width >= 900));
        Assert.All(Plots, plot => Assert.StartsWith("<", File.ReadAllText(folder.PathOf($"out/{plot}.svg"))));
    }

    [Fact]
    public void The_files_of_draws_say_what_was_run_and_give_the_printed_means()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Sample(folder, "eight-schools", "--chains", "2", "--no-plots", "--seed", "3", "--target-acceptance", "0.9", "--thin", "2");

        Draws draws = CmdStanCsv.Load([folder.PathOf("out/draws_1.csv"), folder.PathOf("out/draws_2.csv")]).Draws;
        Assert.Equal((2, 200), (draws.Chains, draws.DrawsPerChain));
        string tau = Assert.Single(run.OutputLines, line => line.StartsWith("tau ", StringComparison.Ordinal));
        Assert.Equal(draws.Scalar("tau").Average(),
            double.Parse(tau.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture), 0.06);
        string text = File.ReadAllText(folder.PathOf("out/draws_1.csv"));
        Assert.All(["model = eight-schools", "seed = 3", "delta = 0.9", "thin = 2"], setting => Assert.Contains(setting, text));
        Assert.Equal(["draws_1.csv", "draws_2.csv"], FilesIn(folder.PathOf("out")));
    }

    [Fact]
    public void Live_draws_are_those_of_a_run_that_writes_at_its_end()
    {
        using TemporaryFolder live = new(), plain = new();

        CommandRun run = Sample(live, "eight-schools", "--chains", "2", "--no-plots", "--seed", "3", "--live");
        Sample(plain, "eight-schools", "--chains", "2", "--no-plots", "--seed", "3");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(["draws_1.csv", "draws_1.state", "draws_2.csv", "draws_2.state", "events.jsonl"],
            FilesIn(live.PathOf("out")).Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)));
        Draws written = McmcResult.Load(live.PathOf("out/draws")).Draws, expected = CmdStanCsv.Load(plain.PathOf("out/draws")).Draws;
        Assert.Equal(expected.Scalar("tau"), written.Scalar("tau"));
        Assert.Contains("# model = eight-schools", File.ReadAllLines(live.PathOf("out/draws_1.csv")));
        Assert.Contains(File.ReadAllLines(live.PathOf("out/events.jsonl")), line => line.Contains("\"end\":1", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_plots_and_draws_nothing_is_written()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Sample(folder, "eight-schools", "--no-plots", "--no-csv");

        Assert.Equal(0, run.ExitCode);
        Assert.False(Directory.Exists(folder.PathOf("out")));
        Assert.DoesNotContain("Saved", run.Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_draws_and_another_seed_others()
    {
        using TemporaryFolder first = new(), second = new(), third = new();

        Sample(first, "eight-schools", "--no-plots", "--seed", "5");
        Sample(second, "eight-schools", "--no-plots", "--seed", "5");
        Sample(third, "eight-schools", "--no-plots", "--seed", "6");

        byte[] draws = File.ReadAllBytes(first.PathOf("out/draws_1.csv"));
        Assert.Equal(draws, File.ReadAllBytes(second.PathOf("out/draws_1.csv")));
        Assert.NotEqual(draws, File.ReadAllBytes(third.PathOf("out/draws_1.csv")));
    }

    [Fact]
    public void The_centred_schools_diverge_and_the_user_is_told()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Sample(folder, "eight-schools-centred", "--chains", "4", "--warmup", "500", "--draws", "500", "--no-plots", "--no-csv");

        Assert.Contains(run.OutputLines, line => Regex.IsMatch(line, @"^\d+ of 2000 transitions diverged: .*Raise the target acceptance"));
        Assert.DoesNotContain("nothing speaks against", run.Output);
    }

    [Fact]
    public void The_lethal_dose_is_that_of_the_simulation()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Sample(folder, "logistic-regression", "--chains", "4", "--warmup", "500", "--draws", "500", "--no-csv");

        // Log odds of 0.3 + 5 (dose - 0.7) drew the data, so half die of 0.64; four standard deviations leave one false alarm in 16,000.
        string[] cells =
            Assert.Single(run.OutputLines, line => line.StartsWith("lethal_dose", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double spread = double.Parse(cells[2], CultureInfo.InvariantCulture);
        Assert.Equal(0.64, double.Parse(cells[1], CultureInfo.InvariantCulture), 4 * spread);

        // The inverse of Fisher's information at the truth gives 0.0263; the slope of the sample, and with it the spread, differs by some percent.
        Assert.Equal(0.0263, spread, 0.004);
        Assert.Contains("No divergences; largest R-hat 1.", run.Output);
        Assert.True(File.Exists(folder.PathOf("out/mortality.png")));
    }

    [Fact]
    public void The_smooth_curve_finds_its_noise()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Sample(folder, "gaussian-process", "--no-csv");

        string[] cells =
            Assert.Single(run.OutputLines, line => line.StartsWith("noise", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0.25, double.Parse(cells[1], CultureInfo.InvariantCulture), 0.06);
        Assert.True(File.Exists(folder.PathOf("out/curve.png")));
    }

    [Fact]
    public void An_interruption_stops_the_chains_and_says_so()
    {
        using TemporaryFolder folder = new();

        CommandRun run = CommandRun.Of(new CancellationToken(canceled: true), "sample", "eight-schools", "--output", folder.PathOf("out"));

        Assert.Equal(130, run.ExitCode);
        Assert.Equal("Interrupted: the chains were stopped, nothing is written.", run.OutputLines[^1]);
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Theory]
    [InlineData("eigth-schools",
        "There is no example \"eigth-schools\" (near: eight-schools); there are eight-schools, eight-schools-centred, logistic-regression, "
            + "gaussian-process.")]
    [InlineData("x", "There is no example \"x\"; there are eight-schools, eight-schools-centred, logistic-regression, gaussian-process.")]
    public void An_unknown_example_gives_one_line_with_the_nearest_and_exit_code_2(string name, string expected)
    {
        CommandRun run = CommandRun.Of("sample", name);

        Assert.Equal((2, expected + "\n", ""), (run.ExitCode, run.Error, run.Output));
    }

    [Fact]
    public void No_example_gives_one_line_with_all_of_them_and_exit_code_2()
    {
        CommandRun run = CommandRun.Of("sample");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("Name an example to sample: eight-schools, eight-schools-centred, logistic-regression, gaussian-process.\n", run.Error);
    }

    [Theory]
    [InlineData("--target-acceptance", "1", "--target-acceptance takes a number between 0 and 1; found \"1\".")]
    [InlineData("--max-tree-depth", "21", "--max-tree-depth takes a whole number from 1 to 20; found \"21\".")]
    [InlineData("--chains", "0", "--chains takes a whole number of at least 1; found \"0\".")]
    [InlineData("--draws", "many", "--draws takes a whole number of at least 1; found \"many\".")]
    public void A_bad_number_gives_one_line_and_exit_code_2(string option, string value, string expected)
    {
        CommandRun run = CommandRun.Of("sample", "eight-schools", option, value);

        Assert.Equal((2, expected + "\n", ""), (run.ExitCode, run.Error, run.Output));
    }

    [Fact]
    public void Help_lists_examples_and_options()
    {
        CommandRun run = CommandRun.Of("sample", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            ["eight-schools ", "eight-schools-centred ", "logistic-regression ", "gaussian-process ", "--chains", "--warmup", "--draws", "--thin",
                "--seed", "--target-acceptance", "--max-tree-depth", "--out", "--no-plots", "--svg", "--no-csv", "--report"],
            text => Assert.Contains(text, run.Output));
    }

    /// <summary>Short settings where none are given.</summary>
    private static CommandRun Sample(TemporaryFolder folder, string example, params string[] options)
    {
        List<string> arguments = ["sample", example, "--output", folder.PathOf("out"), .. options];
        foreach ((string name, string value) in new[] { ("--chains", "1"), ("--warmup", "200"), ("--draws", "200") })
        {
            if (!options.Contains(name))
            {
                arguments.AddRange([name, value]);
            }
        }
        return CommandRun.Of([.. arguments]);
    }

    private static string[] FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
}
