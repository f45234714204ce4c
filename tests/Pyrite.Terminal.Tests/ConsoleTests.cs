namespace Pyrite.Terminal.Tests;

[CollectionDefinition("Console", DisableParallelization = true)]
public sealed class ConsoleCollection;

/// <summary>What the program prints while bars are shown.</summary>
[Collection("Console")]
public sealed class ConsoleTests
{
    [Fact]
    public void What_the_program_prints_goes_above_the_bars_and_the_console_is_its_own_again()
    {
        TextWriter before = Console.Out, errors = Console.Error;
        Screen screen = new();
        Console.SetOut(screen);
        Console.SetError(screen);
        TextWriter placed = Console.Out;
        try
        {
            TerminalProgress progress = new(ProgressStyle.Live, Console.Out, null, TimeProvider.System, screen.Console);
            progress.Report(new SviProgress(1, 2, 5));
            Console.WriteLine("a line");
            Console.Write($"half a {1}");
            Assert.Equal("a line\nhalf a 1", screen.Shown);

            progress.Report(new SviProgress(1, 2, 5));
            Console.WriteLine();
            Console.Error.WriteLine("an error");
            Assert.StartsWith("a line\nhalf a 1\nan error\nsteps ━", screen.Shown);

            progress.Report(new SviProgress(2, 2, 5) { IsEnd = true, StopReason = SviStopReason.Completed });
            Assert.EndsWith("an error\n2 steps in 0.0 s  loss 5", screen.Shown);
            Assert.Same(placed, Console.Out);
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(errors);
        }
    }
}
