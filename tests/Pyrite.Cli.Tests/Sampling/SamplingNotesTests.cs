using Pyrite.Cli.Sampling;


namespace Pyrite.Cli.Tests.Sampling;

public sealed class SamplingNotesTests
{
    [Fact]
    public void What_a_run_has_to_say_is_told_once_and_nothing_else()
    {
        using StringWriter errors = new();
        SamplingNotes progress = new(errors);

        progress.Report(new McmcProgress(0, 0, 200, true, 0, 0.5) { Note = "The model is slow." });
        progress.Report(new McmcProgress(1, 100, 200, true, 0, 0.5) { Note = "The model is slow." });
        progress.Report(new McmcProgress(1, 200, 200, true, 0, 0.5));

        Assert.Equal("The model is slow." + Environment.NewLine, errors.ToString());
    }
}
