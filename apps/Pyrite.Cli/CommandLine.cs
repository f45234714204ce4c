using System.CommandLine;
using Pyrite.Cli.Commands;

namespace Pyrite.Cli;

/// <summary>The commands of <c>pyrite</c>, and the way one is run.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; every problem of the user's making becomes one line on the error stream.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, Terminal terminal, CancellationToken interruption)
    {
        ParseResult parsed = Create(terminal, interruption).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            terminal.Error.WriteLine(parsed.Errors[0].Message.ReplaceLineEndings(" "));
            return ExitCode.BadOption;
        }

        try
        {
            return parsed.Invoke(new() { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageException problem)
        {
            terminal.Error.WriteLine(problem.Message.ReplaceLineEndings(" "));
            return ExitCode.BadOption;
        }
    }

    private static RootCommand Create(Terminal terminal, CancellationToken interruption)
    {
        Command train = new("train", "Train a model.") { TrainVaeCommand.Create(terminal, interruption) };
        Command vae = new("vae", "Work with a trained variational autoencoder.") { DrawVaeCommand.Create(terminal) };
        return new RootCommand("Pyrite: deep probabilistic programming for .NET.") { train, vae, SampleCommand.Create(terminal, interruption) };
    }
}
