using System.Text;

namespace Pyrite.Inference.Exchange;

/// <summary>Reads the line that names the columns.</summary>
internal static class CmdStanColumnNames
{
    /// <exception cref="InvalidDataException">It is no such line, or has too many columns.</exception>
    public static string[] Read(string file, ReadOnlySpan<byte> line, int mostColumns)
    {
        int atMost = line.Count((byte)',') + 1;
        string text = Encoding.UTF8.GetString(line);
        if (text.Contains('\0'))
        {
            throw new InvalidDataException($"{file} is no UTF-8 text: its header holds zero bytes. Save it as UTF-8.");
        }
        if (atMost == 1 && text.Contains(';'))
        {
            throw new InvalidDataException(
                $"{file}: the header divides columns by semicolons, so decimal commas must be expected. Save it with commas between columns and "
                    + "points in numbers.");
        }
        List<string> names = atMost > mostColumns && !text.Contains('"') ? throw TooMany(file, atMost, mostColumns) : Split(text);
        if (names.Count > mostColumns)
        {
            throw TooMany(file, names.Count, mostColumns);
        }
        HashSet<string> seen = [];
        foreach (string name in names)
        {
            if (name.Length == 0 || name.Contains('"') || !seen.Add(name))
            {
                throw new InvalidDataException(
                    $"{file}: the header names a column \"{name}\", which is empty, wrongly quoted or there twice. Expected names as lp__ or "
                        + "theta.1, divided by commas.");
            }
        }
        return [.. names];
    }

    /// <summary>Divides at commas outside of quotes, and takes quotes off.</summary>
    private static List<string> Split(string text)
    {
        List<string> names = [];
        StringBuilder name = new();
        bool isQuoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && !isQuoted))
            {
                string whole = name.ToString().Trim();
                names.Add(whole.Length > 1 && whole[0] == '"' && whole[^1] == '"' ? whole[1..^1] : whole);
                name.Clear();
                continue;
            }
            isQuoted ^= text[i] == '"';
            name.Append(text[i]);
        }
        return names;
    }

    private static InvalidDataException TooMany(string file, int columns, int mostColumns) =>
        new($"{file} has {columns} columns, more than {mostColumns}. Raise CmdStanLimits.Columns if the file is right.");
}
