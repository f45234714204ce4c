using System.CommandLine;
using Pyrite.Text;

namespace Pyrite.Cli.Commands;

/// <summary>Says which word of a command line is unknown, and what was probably meant.</summary>
internal static class UnknownWord
{
    /// <summary>One line, or null where something else is wrong.</summary>
    public static string? Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        List<string> commands = [.. command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name)];
        string path = PathOf(parsed), prefix = path.Length == 0 ? "" : path + " ";
        string? word = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        word = word is not null && word.StartsWith('-') ? word.Split('=')[0] : word;
        if (word is null)
        {
            return commands.Count > 0
                ? $"{(path.Length == 0 ? "pyrite" : $"pyrite {path}")} needs a command; there are {List(prefix, commands)}. See "
                    + $"pyrite {prefix}--help."
                : null;
        }
        if (word.StartsWith('-') && word.Length > 1)
        {
            List<string> options =
                [.. command.Options.Where(one => !one.Hidden).SelectMany(one => one.Aliases.Prepend(one.Name))
                    .Where(name => name.StartsWith("--", StringComparison.Ordinal))];
            return $"There is no option \"{word}\"{NearestNames.Suggest(word, options)}{(path.Length == 0 ? "" : $" of {path}")}; there "
                + $"are {string.Join(", ", options)}.";
        }
        return commands.Count > 0
            ? $"There is no command \"{prefix}{word}\"{NearestNames.Suggest(word, commands)}; there are {List(prefix, commands)}. See "
                + $"pyrite {prefix}--help."
            : $"The command {path} does not take \"{word}\". See pyrite {path} --help.";
    }

    private static string List(string prefix, List<string> commands) => string.Join(", ", commands.ConvertAll(name => prefix + name));

    private static string PathOf(ParseResult parsed)
    {
        List<string> names = [];
        for (System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult;
            at is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } result; at = at.Parent)
        {
            names.Insert(0, result.Command.Name);
        }
        return string.Join(' ', names);
    }
}
