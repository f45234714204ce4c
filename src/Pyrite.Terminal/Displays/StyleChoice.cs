using Spectre.Console;

namespace Pyrite.Displays;

/// <summary>What <see cref="ProgressStyle.Automatic"/> means for an output.</summary>
internal static class StyleChoice
{
    private const string Variable = "PYRITE_PROGRESS";

    /// <exception cref="ArgumentException">The environment variable says something else than a style.</exception>
    public static ProgressStyle Of(ProgressStyle style, TextWriter? output) =>
        style != ProgressStyle.Automatic ? style : Asked(Environment.GetEnvironmentVariable(Variable)) ?? OfOutput(output);

    private static ProgressStyle? Asked(string? word) => word switch
    {
        null or "" => null,
        "live" => ProgressStyle.Live,
        "plain" => ProgressStyle.Plain,
        "none" => ProgressStyle.None,
        _ => throw new ArgumentException($"The environment variable {Variable} is \"{word}\"; it may be live, plain or none."),
    };

    private static ProgressStyle OfOutput(TextWriter? output)
    {
        bool isPerson = output is null || output == Console.Out
            ? !Console.IsOutputRedirected
            : output == Console.Error && !Console.IsErrorRedirected;
        return isPerson && AnsiConsole.Profile.Capabilities.Ansi ? ProgressStyle.Live : ProgressStyle.Plain;
    }
}
