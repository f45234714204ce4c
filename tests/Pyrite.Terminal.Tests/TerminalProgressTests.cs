using static Pyrite.Primitives;

namespace Pyrite.Terminal.Tests;

public sealed class TerminalProgressTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void A_run_of_steps_is_a_bar_that_ends_as_a_line()
    {
        Screen screen = new();
        TerminalProgress progress = Live(screen);

        progress.Report(new SviProgress(100, 1_000, 12.5));
        clock.Pass(1);
        progress.Report(new SviProgress(500, 1_000, 10.25));
        Assert.Equal("steps ━━━━━━━━━──────────  50 %  500/1,000  loss 10.25  400 steps/s  0:01 left", screen.Shown);
        Assert.Equal((1, 0), screen.Cursor);

        clock.Pass(1);
        progress.Report(new SviProgress(1_000, 1_000, 9) { IsEnd = true, StopReason = SviStopReason.Completed });
        Assert.Equal("1,000 steps in 2.0 s  loss 9", screen.Shown);
        Assert.Equal((1, 0), screen.Cursor);
    }

    [Fact]
    public void Bars_are_drawn_at_most_ten_times_per_second()
    {
        Screen screen = new();
        TerminalProgress progress = Live(screen);

        progress.Report(new SviProgress(100, 1_000, 1));
        clock.Pass(0.05);
        progress.Report(new SviProgress(200, 1_000, 2));
        Assert.Contains("100/1,000  loss 1", screen.Shown);

        clock.Pass(0.06);
        progress.Report(new SviProgress(300, 1_000, 3));
        Assert.Contains("300/1,000  loss 3", screen.Shown);
    }

    [Theory]
    [InlineData(SviStopReason.Plateau, "20 steps in 0.0 s  loss 1, ended because the loss no longer fell")]
    [InlineData(SviStopReason.Cancelled, "20 steps in 0.0 s  loss 1, cancelled")]
    [InlineData(null, "20 steps in 0.0 s  loss 1, ended by an error")]
    public void The_last_line_says_why_a_run_ended_early(SviStopReason? reason, string expected)
    {
        Screen screen = new();
        Live(screen).Report(new SviProgress(20, 1_000, 1) { IsEnd = true, StopReason = reason });

        Assert.Equal(expected, screen.Shown);
    }

    [Fact]
    public void Each_chain_has_a_bar()
    {
        Screen screen = new();
        TerminalProgress progress = Live(screen);

        progress.Report(Chain(0, 100, isWarmup: true));
        clock.Pass(1);
        progress.Report(Chain(2, 150, isWarmup: false) with { Divergences = 2 });
        Assert.Equal(
            """
            chain 1 ━━━━━━━━━──────────  50 %  warm-up  step size 0.5
            chain 2 ───────────────────   0 %  waiting
            chain 3 ━━━━━━━━━━━━━━─────  75 %  drawing  step size 0.5  2 divergences
            2 of 3 chains warming up  2 divergences
            """, screen.Shown, ignoreLineEndingDifferences: true);
        Assert.Equal((4, 0), screen.Cursor);

        clock.Pass(1);
        for (int chain = 0; chain < 3; chain++)
        {
            progress.Report(Chain(chain, 200, isWarmup: false) with { Divergences = chain, IsEnd = true });
        }
        Assert.Equal("3 chains, 200 transitions each in 2.0 s, 3 divergences", screen.Shown);
    }

    [Fact]
    public void Many_chains_share_one_bar()
    {
        Screen screen = new();
        Live(screen).Report(Chain(0, 100, isWarmup: true) with { Chains = 20 });

        Assert.StartsWith("20 chains ───────────────────   2 %  warming up  0 divergences", screen.Shown);
        Assert.DoesNotContain('\n', screen.Shown);
    }

    [Fact]
    public void A_note_is_told_once_above_the_bars_or_elsewhere()
    {
        Screen screen = new();
        using StringWriter errors = new();
        TerminalProgress progress = Live(screen);
        progress.Report(Chain(0, 100, isWarmup: true) with { Note = "The model is slow." });
        progress.Report(Chain(1, 100, isWarmup: true) with { Note = "The model is slow." });
        Assert.StartsWith("The model is slow.\nchain 1 ━", screen.Shown);

        Live(new Screen(), notes: errors).Report(Chain(0, 100, isWarmup: true) with { Note = "The model is slow." });
        Assert.Equal("The model is slow." + Environment.NewLine, errors.ToString());
    }

    [Fact]
    public void A_narrow_terminal_cuts_lines_and_never_wraps()
    {
        Screen screen = new(width: 24);
        TerminalProgress progress = Live(screen);
        for (int i = 1; i < 5; i++)
        {
            clock.Pass(1);
            progress.Report(new SviProgress(100 * i, 1_000, 1234.5));
        }

        Assert.Equal("steps ━━────  40 %  400", screen.Shown);
        Assert.DoesNotContain('\n', screen.Shown);
    }

    [Fact]
    public void A_terminal_without_Unicode_gets_plain_letters()
    {
        Screen screen = new(isUnicode: false);
        Live(screen).Report(new SviProgress(500, 1_000, 1));

        Assert.StartsWith("steps #########----------  50 %", screen.Shown);
    }

    [Fact]
    public void Plain_lines_come_at_tenths_but_not_within_a_second()
    {
        using StringWriter output = new() { NewLine = "\n" };
        TerminalProgress progress = new(ProgressStyle.Plain, output, null, clock, null);
        for (int i = 1; i < 100; i++)
        {
            clock.Pass(0.05);
            progress.Report(new SviProgress(i, 100, i));
        }
        progress.Report(new SviProgress(100, 100, 100) { IsEnd = true, StopReason = SviStopReason.Completed });

        Assert.Equal(
            """
            step 21 of 100  loss 21  20 steps/s  0:03 left
            step 41 of 100  loss 41  20 steps/s  0:02 left
            step 61 of 100  loss 61  20 steps/s  0:01 left
            step 81 of 100  loss 81  20 steps/s  0:00 left
            100 steps in 4.9 s  loss 100

            """.ReplaceLineEndings("\n"), output.ToString());
    }

    [Fact]
    public void Plain_lines_come_each_minute_of_a_long_run()
    {
        using StringWriter output = new() { NewLine = "\n" };
        TerminalProgress progress = new(ProgressStyle.Plain, output, null, clock, null);
        for (int i = 1; i <= 3; i++)
        {
            clock.Pass(61);
            progress.Report(new SviProgress(i, 1_000, 1));
        }

        Assert.Equal(2, output.ToString().Count(letter => letter == '\n'));
    }

    [Fact]
    public void None_shows_nothing()
    {
        using StringWriter output = new(), notes = new();
        TerminalProgress progress = new(ProgressStyle.None, output, notes);
        progress.Report(Chain(0, 100, isWarmup: true) with { Note = "The model is slow." });
        progress.Report(new SviProgress(1, 1, 1) { IsEnd = true });

        Assert.Equal("", output.ToString() + notes);
    }

    [Fact]
    public void An_epoch_is_shown_while_its_batches_are_gone_through()
    {
        Screen screen = new();
        TerminalProgress progress = Live(screen);
        DataLoader loader = new(new TensorDataset(Tensor.Zeros(100, 2)), batchSize: 40);
        List<string> shown = [];
        foreach (Batch batch in progress.Over(loader, () => "loss 1.5"))
        {
            shown.Add($"{batch.Count}: {screen.Shown}");
            clock.Pass(1);
        }

        Assert.Equal("40: epoch 0 ━━━━━━─────────────  33 %  batch 1/3  loss 1.5", shown[0]);
        Assert.StartsWith("20: epoch 0 ━━━━━━━━━━━━━━━━━━━ 100 %  batch 3/3  loss 1.5  50 rows/s", shown[2]);
        Assert.Equal("epoch 0: 3 batches in 3.0 s  loss 1.5  33.3 rows/s", screen.Shown);
        Assert.Equal(1, loader.Epoch);
    }

    [Fact]
    public void A_loop_that_is_left_says_so()
    {
        Screen screen = new();
        foreach (Batch _ in Live(screen).Over(new DataLoader(new TensorDataset(Tensor.Zeros(100, 2)), batchSize: 10)))
        {
            break;
        }

        Assert.Equal("epoch 0: left after 1 of 10 batches in 0.0 s", screen.Shown);
    }

    [Fact]
    public void Runs_of_the_library_end_what_they_began_also_when_they_fail()
    {
        Screen screen = new();
        TerminalProgress progress = Live(screen);
        Svi<double> svi = new(x => Sample("x", new Normal(Param("mean", 3.0), 1), observed: x), _ => { }, new Adam(0.1), new TraceElbo());
        svi.Run(0, 50, progress);
        Assert.StartsWith("50 steps in 0.0 s  loss ", screen.Shown);

        Assert.ThrowsAny<Exception>(() => svi.Run(step => step < 60 ? 0 : throw new InvalidOperationException("no data"), 50, progress));
        Assert.Contains("\n10 steps in 0.0 s  loss ", screen.Shown);
        Assert.EndsWith(", ended by an error", screen.Shown);

        Mcmc.Run(() => { Sample("z", new Normal(0, 1)); }, chains: 2, warmup: 50, draws: 50, progress: progress);
        Assert.EndsWith("\n2 chains, 100 transitions each in 0.0 s, 0 divergences", screen.Shown);
        Assert.Equal(3, screen.Cursor.Row);
    }

    [Fact]
    public void An_output_that_can_no_longer_be_written_does_not_end_the_run()
    {
        TerminalProgress live = new(ProgressStyle.Live, new BrokenWriter()), plain = new(ProgressStyle.Plain, new BrokenWriter());
        live.Report(new SviProgress(1, 10, 1));
        live.Report(new SviProgress(10, 10, 1) { IsEnd = true });
        plain.Report(new SviProgress(10, 10, 1) { IsEnd = true });
    }

    [Theory]
    [InlineData("live", ProgressStyle.Live)]
    [InlineData("plain", ProgressStyle.Plain)]
    [InlineData("none", ProgressStyle.None)]
    public void The_environment_decides_where_the_program_does_not(string word, ProgressStyle expected)
    {
        string? before = Environment.GetEnvironmentVariable("PYRITE_PROGRESS");
        try
        {
            Environment.SetEnvironmentVariable("PYRITE_PROGRESS", word);
            Assert.Equal(expected, new TerminalProgress(output: TextWriter.Null).Style);
            Assert.Equal(ProgressStyle.Plain, new TerminalProgress(ProgressStyle.Plain, TextWriter.Null).Style);

            Environment.SetEnvironmentVariable("PYRITE_PROGRESS", "loud");
            Assert.Contains("live, plain or none", Assert.Throws<ArgumentException>(() => new TerminalProgress(output: TextWriter.Null)).Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PYRITE_PROGRESS", before);
        }
    }

    private static McmcProgress Chain(int chain, int transitions, bool isWarmup) => new(chain, transitions, 200, isWarmup, 0, 0.5) { Chains = 3 };

    private TerminalProgress Live(Screen screen, TextWriter? notes = null) => new(ProgressStyle.Live, screen, notes, clock, screen.Console);

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device.");

        public override void Write(char[] buffer, int index, int count) => throw new IOException("No space left on device.");

        public override void WriteLine(string? value) => throw new IOException("No space left on device.");
    }
}
