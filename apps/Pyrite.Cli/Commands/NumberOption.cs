using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Pyrite.Cli.Commands;

/// <summary>Options that take a number: what is expected stands in the message when something else was given.</summary>
internal static class NumberOption
{
    public static Option<int> Integer(string name, string description, int otherwise, int least) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
            int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least
                ? value
                : Fail<int>(result, $"{name} takes a whole number of at least {least}; found \"{Text(result)}\"."),
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

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";

    private static T Fail<T>(ArgumentResult result, string message)
        where T : struct
    {
        result.AddError(message);
        return default;
    }
}
