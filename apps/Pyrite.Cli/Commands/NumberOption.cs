using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Pyrite.Cli.Commands;

/// <summary>Options that take a number: what is expected stands in the message when something else was given.</summary>
internal static class NumberOption
{
    public static Option<int> Integer(string name, string description, int otherwise, int least, int most = int.MaxValue) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
            int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
                ? value
                : Fail<int>(result,
                    $"{name} takes a whole number {(most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}; found "
                        + $"\"{Text(result)}\"."),
    };

    public static Option<double> Positive(string name, string description, double otherwise) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
            double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
                ? value
                : Fail<double>(result, $"{name} takes a number greater than 0; found \"{Text(result)}\"."),
    };

    /// <summary>A number between 0 and 1, both excluded; null if the option is not given.</summary>
    public static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
            double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and < 1
                ? value
                : Fail<double>(result, $"{name} takes a number between 0 and 1; found \"{Text(result)}\"."),
    };

    /// <summary>The option <c>--threads</c>; null if it is not given.</summary>
    public static Option<int?> Threads(string results) => new("--threads")
    {
        Description = $"Threads of the engine; {results} do not depend on them. Without it, PYRITE_THREADS, else all processors, of which processes "
            + "on one machine get a share each.",
        CustomParser = result =>
            int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= 1
                ? value
                : Fail<int>(result, $"--threads takes a whole number of at least 1; found \"{Text(result)}\"."),
    };

    /// <summary>The option <c>--shards</c>; null if it is not given.</summary>
    public static Option<int?> Shards() => new("--shards")
    {
        Description = "Cut each step into so many shards, 1, 2, 4, 8 …, which several processes (mpirun, srun) share. Weights depend on it, not on "
            + "the number of processes, which must divide it.",
        CustomParser = result =>
            int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= 1 && int.IsPow2(value)
                ? value
                : Fail<int>(result, $"--shards takes 1, 2, 4, 8 …, a power of two; found \"{Text(result)}\"."),
    };

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";

    private static T Fail<T>(ArgumentResult result, string message)
        where T : struct
    {
        result.AddError(message);
        return default;
    }
}
