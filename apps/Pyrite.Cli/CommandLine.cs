using System.CommandLine;
using Pyrite.Cli.Commands;

namespace Pyrite.Cli;

/// <summary>The commands of <c>pyrite</c>, and the way one is run.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; every problem of the user's making, of files and of the system becomes one line on the error stream.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, Terminal terminal, CancellationToken interruption)
    {
        ParseResult parsed = Create(terminal, interruption).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Fail(terminal, UnknownWord.Describe(parsed) ?? parsed.Errors[0].Message);
        }

        int code;
        try
        {
            code =
                parsed.Invoke(
                    new()
                    {
                        Output = terminal.Output,
                        Error = terminal.Error,
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = null
                    });
            terminal.Output.Flush();
        }
        catch (Exception problem) when (problem is UsageException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(terminal, problem.Message);
        }

        return terminal.Output is LastingWriter { Problem: { } reason }
            ? Fail(terminal, $"Cannot write to standard output: {reason} Files were written as usual.")
            : code;
    }

    private static int Fail(Terminal terminal, string message)
    {
        terminal.Error.WriteLine(message.ReplaceLineEndings(" "));
        return ExitCode.BadOption;
    }

    private static RootCommand Create(Terminal terminal, CancellationToken interruption)
    {
        Command train = new("train", "Train a model.") { TrainVaeCommand.Create(terminal, interruption) };
        Command vae = new("vae", "Work with a trained variational autoencoder.") { DrawVaeCommand.Create(terminal) };
        return new RootCommand("Pyrite: deep probabilistic programming for .NET.")
        {
            train, vae, SampleCommand.Create(terminal, interruption), ExploreCommand.Create(terminal, interruption),
        };
    }
}
