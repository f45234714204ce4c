using Pyrite.Cli.Sampling;


namespace Pyrite.Cli.Tests.Sampling;

public sealed class SamplingProgressTests
{
    [Fact]
    public void A_person_sees_one_line_redrawn_and_taken_away_at_the_end()
    {
        using StringWriter output = new();
        SamplingProgress progress = new(new Terminal(output, TextWriter.Null, IsInteractive: true), chains: 2, pause: TimeSpan.Zero);

        progress.Report(new McmcProgress(Chain: 0, Transitions: 100, Total: 200, IsWarmup: true, Divergences: 0, StepSize: 0.5));
        progress.Report(new McmcProgress(Chain: 1, Transitions: 200, Total: 200, IsWarmup: false, Divergences: 3, StepSize: 0.25));
        progress.Report(new McmcProgress(Chain: 0, Transitions: 200, Total: 200, IsWarmup: false, Divergences: 1, StepSize: 0.75));
        progress.Clear();

        string[] lines = output.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("━━━━━━──────────────────  25 %  warming up  divergences 0", lines[0]);
        Assert.StartsWith("━━━━━━━━━━━━━━━━━━──────  75 %  1 of 2 chains warming up  divergences 3  step size 0.38", lines[1]);
        Assert.StartsWith("━━━━━━━━━━━━━━━━━━━━━━━━ 100 %  drawing  divergences 4  step size 0.5  0 s left", lines[2]);
        Assert.Equal("", lines[3].Trim());
        Assert.True(lines[3].Length >= lines[2].TrimEnd().Length);
        Assert.DoesNotContain('\n', output.ToString());
    }

    [Fact]
    public void A_pipe_sees_nothing()
    {
        using StringWriter output = new();
        SamplingProgress progress = new(new Terminal(output, TextWriter.Null, IsInteractive: false), chains: 1, pause: TimeSpan.Zero);

        progress.Report(new McmcProgress(0, 100, 200, true, 0, 0.5));
        progress.Clear();

        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_run_has_to_say_is_told_once_among_the_errors(bool isInteractive)
    {
        using StringWriter output = new(), errors = new();
        SamplingProgress progress = new(new Terminal(output, errors, isInteractive), chains: 2, pause: TimeSpan.Zero);

        progress.Report(new McmcProgress(0, 0, 200, true, 0, 0.5) { Note = "The model is slow." });
        progress.Report(new McmcProgress(1, 100, 200, true, 0, 0.5) { Note = "The model is slow." });
        progress.Report(new McmcProgress(1, 200, 200, true, 0, 0.5));

        Assert.Equal("The model is slow." + Environment.NewLine, errors.ToString());
        Assert.DoesNotContain("slow", output.ToString());
    }
}
