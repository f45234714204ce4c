namespace Pyrite;

/// <summary>The checkout these tests belong to: its root and the files a reader sees in it.</summary>
internal static class Repository
{
    private static readonly string[] TextExtensions =
        [".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".md", ".txt", ".xml", ".yml", ".runsettings", ".sh", ".editorconfig",
            ".gitignore", ".gitattributes", ""];

    private static readonly Lazy<string[]> AllFiles = new(() => [.. Walk(FindRoot()).Order(StringComparer.Ordinal)]);

    /// <summary>The folder of Pyrite.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The libraries, in the order of their layers.</summary>
    public static IReadOnlyList<string> Libraries { get; } =
        ["Pyrite.Tensors", "Pyrite.Distributions", "Pyrite.Neural", "Pyrite.Data", "Pyrite.Data.Mnist", "Pyrite", "Pyrite.Plotting", "Pyrite.Logging",
            "Pyrite.NetCdf", "Pyrite.DifferentialEquations", "Pyrite.Explorer", "Pyrite.Data.Arrow", "Pyrite.Data.Images", "Pyrite.Terminal",
            "Pyrite.Interactive", "Pyrite.GaussianProcesses", "Pyrite.TimeSeries", "Pyrite.Distributed"];

    /// <summary>Every file outside ignored folders, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => AllFiles.Value;

    /// <summary>The files that are read as text: source, projects, documents, scripts.</summary>
    public static IEnumerable<string> TextFiles => Files.Where(file => TextExtensions.Contains(Path.GetExtension(file)));

    /// <summary>The C# files under one of the given top folders.</summary>
    public static IEnumerable<string> SourceFiles(params string[] folders) =>
        Files.Where(
            file => file.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] ReadLines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pyrite.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"Looked for the folder of Pyrite.slnx upwards from {AppContext.BaseDirectory} and found none. Run the tests inside a checkout.");
    }

    private static IEnumerable<string> Walk(string root)
    {
        HashSet<string> ignored =
            [".git", .. File.ReadAllLines(Path.Combine(root, ".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.TrimEnd('/'))];
        Stack<string> open = new([root]);
        while (open.TryPop(out string? folder))
        {
            foreach (string child in Directory.EnumerateDirectories(folder).Where(child => !ignored.Contains(Path.GetFileName(child))))
            {
                open.Push(child);
            }

            foreach (string file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ".git"))
            {
                yield return Path.GetRelativePath(root, file).Replace('\\', '/');
            }
        }
    }
}
