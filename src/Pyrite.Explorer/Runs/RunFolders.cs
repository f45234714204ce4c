namespace Pyrite.Runs;

/// <summary>The runs below some folders, looked for whenever somebody asks.</summary>
internal sealed class RunFolders
{
    private const int MostRuns = 500;

    private readonly string[] folders;
    private readonly string? weights;

    private RunFolders(string[] folders, string? weights) => (this.folders, this.weights) = (folders, weights);

    /// <summary>Takes folders of runs, or folders that hold such.</summary>
    /// <param name="folders">Their paths.</param>
    /// <param name="weights">The name of a file that makes a folder a run by itself; null for none.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="DirectoryNotFoundException">One does not exist.</exception>
    public static RunFolders Of(IReadOnlyList<string> folders, string? weights = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count == 0)
        {
            throw new ArgumentException("There is nothing to explore: name a folder of a run, such as runs/vae, or one that holds such folders.",
                nameof(folders));
        }
        return new RunFolders([.. folders.Select(folder => Directory.Exists(folder)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
            : throw new DirectoryNotFoundException(
                $"There is no folder {folder} to explore. Name one of a run, such as runs/vae, or one that holds such folders."))], weights);
    }

    /// <summary>All runs there are now, each under a name of its own.</summary>
    public IReadOnlyList<RunFolder> Find()
    {
        List<RunFolder> found = [];
        HashSet<string> names = [];
        foreach (string path in folders.SelectMany(Candidates).Distinct().Take(MostRuns))
        {
            string name = Path.GetFileName(path), unique = name;
            for (int copy = 2; !names.Add(unique); copy++)
            {
                unique = $"{name} {copy}";
            }
            found.Add(new RunFolder(unique, path));
        }
        return found;
    }

    /// <summary>The run of a name; null where there is none.</summary>
    public RunFolder? Named(string name) => Find().FirstOrDefault(run => run.Name == name);

    private IEnumerable<string> Candidates(string folder)
    {
        if (IsRun(folder))
        {
            return [folder];
        }
        try
        {
            string[] inside = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Where(IsPlain)];
            return inside.Where(IsRun);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private bool IsRun(string path)
    {
        RunFolder run = new("", path);
        return run.IsRun || (weights is not null && run.Has(weights));
    }

    /// <summary>Links lead out of the folder that was named.</summary>
    private static bool IsPlain(string path) => new DirectoryInfo(path).LinkTarget is null;
}
