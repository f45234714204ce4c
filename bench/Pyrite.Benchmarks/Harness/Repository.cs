namespace Pyrite.Benchmarks.Harness;

/// <summary>The checkout that this program was built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Environment.CurrentDirectory) ?? Environment.CurrentDirectory;

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pyrite.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder;
    }
}
