using System.Globalization;

namespace Pyrite.Inference.Exchange;

/// <summary>The files of all chains that stand under one path: <c>path_1.csv</c>, <c>path_1.state</c>, <c>path_2.csv</c>, …</summary>
internal sealed class ChainFileSet
{
    private readonly SortedDictionary<int, string> draws = [];
    private readonly SortedDictionary<int, string> states = [];

    private ChainFileSet()
    {
    }

    /// <summary>The files of draws by chain.</summary>
    public List<string> Draws => [.. draws.Values];

    /// <summary>The states by chain.</summary>
    public List<string> States => [.. states.Values];

    /// <summary>The path of a chain's draws.</summary>
    public static string DrawsOf(string path, int chain) => string.Create(CultureInfo.InvariantCulture, $"{path}_{chain + 1}.csv");

    /// <summary>The path of a chain's state.</summary>
    public static string StateOf(string path, int chain) => string.Create(CultureInfo.InvariantCulture, $"{path}_{chain + 1}.state");

    /// <summary>Finds the files; none where the folder does not exist.</summary>
    public static ChainFileSet Of(string path)
    {
        ChainFileSet found = new();
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full) ?? full, beginning = Path.GetFileName(full) + "_";
        if (!Directory.Exists(folder))
        {
            return found;
        }
        foreach (string name in Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)))
        {
            SortedDictionary<int, string>? kind =
                name.EndsWith(".csv", StringComparison.Ordinal)
                    ? found.draws
                    : name.EndsWith(".state", StringComparison.Ordinal) ? found.states : null;
            if (kind is not null && name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(Path.GetFileNameWithoutExtension(name).AsSpan(beginning.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                    out int chain) && chain > 0)
            {
                // As the caller wrote it, so that messages say what the caller knows; the file system says whether case matters.
                string file = string.Create(CultureInfo.InvariantCulture, $"{path}_{chain}{Path.GetExtension(name)}");
                if (File.Exists(file))
                {
                    kind[chain] = file;
                }
            }
        }
        return found;
    }

    /// <summary>The files of draws of chains beyond a number of chains.</summary>
    public List<string> DrawsBeyond(int chains) => [.. draws.Where(file => file.Key > chains).Select(file => file.Value)];
}
