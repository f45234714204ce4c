using System.Text;

namespace Pyrite.Benchmarks.Harness;

/// <summary>The generated part of a document of results: a section for each machine and mode, in it a table for each benchmark, all between
/// markers.</summary>
/// <remarks>A new table takes the place of its predecessor; other tables, other sections and whatever stands outside of the markers stay as they
/// are.</remarks>
internal static class ResultsFile
{
    /// <summary>Puts one report into the file.</summary>
    /// <param name="path">The document.</param>
    /// <param name="run">The run; its reports get a table each.</param>
    /// <param name="order">The names of all benchmarks: the order of the tables. Those of other names are dropped.</param>
    /// <exception cref="ArgumentException">The file's markers do not fit together.</exception>
    public static void Update(string path, SavedRun run, IReadOnlyList<string> order) =>
        AtomicText.Write(path, Replace(File.Exists(path) ? File.ReadAllText(path) : "# Results\n", run, order));

    /// <summary>The text with the run's tables.</summary>
    internal static string Replace(string text, SavedRun run, IReadOnlyList<string> order)
    {
        string section = $"{run.Processor}, {run.Mode}";
        (int start, int end) = Find(text, section) ?? EndOfSections(text);
        Dictionary<string, string> tables = [];
        foreach (string name in order)
        {
            if (run.Reports.FirstOrDefault(report => report.Name == name) is { } report)
            {
                tables[name] = Table(run, report);
            }
            else if (Find(text[start..end], $"{section}: {name}") is var (from, to))
            {
                tables[name] = text[start..end][from..to];
            }
        }
        StringBuilder block = new();
        block.Append(Begin(section)).Append($"\n## {section}\n\n").Append(run.Machine).Append(".\n\n");
        foreach (string name in order.Where(tables.ContainsKey))
        {
            string table = $"{section}: {name}";
            block.Append(Begin(table)).Append('\n').Append(tables[name].Trim('\n')).Append('\n').Append(End(table)).Append("\n\n");
        }
        block.Append(End(section)).Append('\n');
        (string before, string after) = WithoutMarkers(text, section, start, end);
        string gap = before.Length == 0 ? "" : "\n\n", rest = after.Trim('\n');
        return before.TrimEnd('\n') + gap + block + (rest.Length == 0 ? "" : $"\n{rest}\n");
    }

    private static string Begin(string name) => $"<!-- begin {name} -->";

    private static string End(string name) => $"<!-- end {name} -->";

    private static string Table(SavedRun run, BenchmarkReport report)
    {
        IEnumerable<string> peaks = report.Figures.Where(one => one.Name.StartsWith(PeakRate.Prefix, StringComparison.Ordinal))
            .Select(one => $"{one.Text} {one.Unit}");
        return $"### `{report.Name}`\n\n{run.Date}, commit {run.Commit}. Peak of the same run: {string.Join("; ", peaks)}.\n\n{report.ToMarkdown()}";
    }

    /// <summary>Where the text between the markers of a name begins and ends; null where there are none.</summary>
    private static (int Start, int End)? Find(string text, string name)
    {
        int begin = text.IndexOf(Begin(name), StringComparison.Ordinal), end = text.IndexOf(End(name), StringComparison.Ordinal);
        return (begin, end) switch
        {
            ( < 0, < 0) => null,
            ( >= 0, >= 0) when begin < end => (begin + Begin(name).Length, end),
            _ => throw new ArgumentException(
                $"The markers of \"{name}\" do not fit together: expected \"{Begin(name)}\" before \"{End(name)}\". Mend them, or delete both."),
        };
    }

    /// <summary>Behind the last section; where there is none yet, at the end of the text.</summary>
    private static (int Start, int End) EndOfSections(string text)
    {
        int last = text.LastIndexOf("<!-- end ", StringComparison.Ordinal);
        int place = last < 0 ? text.Length : text.IndexOf("-->", last, StringComparison.Ordinal) + "-->".Length;
        return (place, place);
    }

    private static (string Before, string After) WithoutMarkers(string text, string section, int start, int end) =>
        text[..start].EndsWith(Begin(section), StringComparison.Ordinal)
        ? (text[..(start - Begin(section).Length)], text[(end + End(section).Length)..])
        : (text[..start], text[end..]);
}
