namespace Pyrite.Cli;

/// <summary>Where a command writes, and whether a person watches: then progress is drawn in place, otherwise as plain lines.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected && Spectre.Console.AnsiConsole.Profile.Capabilities.Ansi);
}
