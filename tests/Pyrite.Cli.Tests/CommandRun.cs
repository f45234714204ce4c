using Pyrite.Cli.Sharing;

namespace Pyrite.Cli.Tests;

/// <summary>One call of the command line with what it printed.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static CommandRun Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static CommandRun Of(CancellationToken interruption, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = CommandLine.Run(arguments, new Terminal(output, error, IsInteractive: false), Ranks.Alone(interruption));
        return new(code, output.ToString(), error.ToString());
    }
}
