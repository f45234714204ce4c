using System.CommandLine;
using Pyrite.Cli.Commands;
using Pyrite.Cli.Sharing;

namespace Pyrite.Cli;

/// <summary>The commands of <c>pyrite</c>, and the way one is run.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; every problem of the user's making, of files and of the system becomes one line on the error stream.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, Terminal terminal, Ranks ranks)
    {
        ParseResult parsed = Create(terminal, ranks).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Fail(terminal, ranks, UnknownWord.Describe(parsed) ?? parsed.Errors[0].Message);
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
        catch (Exception problem) when (ranks.Count == 1 ? UsageException.Is(problem) : problem is UsageException)
        {
            // Of several ranks all know of such a problem, or are done; any other ends them.
            return Fail(terminal, ranks, problem.Message);
        }

        return terminal.Output is LastingWriter { Problem: { } reason }
            ? Fail(terminal, ranks, $"Cannot write to standard output: {reason} Files were written as usual.")
            : code;
    }

    private static int Fail(Terminal terminal, Ranks ranks, string message)
    {
        if (ranks.IsFirst)
        {
            terminal.Error.WriteLine(message.ReplaceLineEndings(" "));
        }
        return ExitCode.BadOption;
    }

    private static RootCommand Create(Terminal terminal, Ranks ranks)
    {
        Command train = new("train", "Train a model.") { TrainVaeCommand.Create(terminal, ranks) };
        Command vae = new("vae", "Work with a trained variational autoencoder.") { DrawVaeCommand.Create(terminal, ranks) };
        return new RootCommand("Pyrite: deep probabilistic programming for .NET.")
        {
            train, vae, SampleCommand.Create(terminal, ranks), ExploreCommand.Create(terminal, ranks),
        };
    }
}
