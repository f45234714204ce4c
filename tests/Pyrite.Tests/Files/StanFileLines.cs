using System.Globalization;

namespace Pyrite.Tests;

/// <summary>A file of draws cut into the parts that programs which read it look for.</summary>
internal sealed class StanFileLines
{
    public StanFileLines(string path)
    {
        Lines = [.. File.ReadAllText(path).Split('\n')[..^1]];
        HeaderAt = Array.FindIndex(Lines, line => !line.StartsWith('#'));
        Header = Lines[HeaderAt].Split(',');
        Settings = [.. Lines[..HeaderAt].Select(Setting).OfType<KeyValuePair<string, string>>()];
    }

    public string[] Lines { get; }

    public int HeaderAt { get; }

    public string[] Header { get; }

    public string[] Comments => [.. Lines.Where(line => line.StartsWith('#'))];

    public string[] Rows => [.. Lines.Skip(HeaderAt + 1).Where(line => !line.StartsWith('#'))];

    /// <summary>Name and value of the comments that have an equals sign.</summary>
    public List<KeyValuePair<string, string>> Settings { get; }

    public string this[string setting] => Settings.Last(one => one.Key == setting).Value;

    public bool IsFixed => this["algorithm"] == "fixed_param";

    public static double Number(string text) =>
        double.Parse(text.Trim() switch { "nan" => "NaN", "inf" => "Infinity", "-inf" => "-Infinity", string other => other },
            CultureInfo.InvariantCulture);

    private static KeyValuePair<string, string>? Setting(string line)
    {
        string[] sides = line.Replace("(Default)", "").TrimStart('#', ' ', '\t').Split('=');
        return sides.Length == 2 ? KeyValuePair.Create(sides[0].Trim(), sides[1].Trim()) : null;
    }
}
