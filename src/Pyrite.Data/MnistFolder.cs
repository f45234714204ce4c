using System.Reflection;

namespace Pyrite;

/// <summary>Finds the folder of MNIST files that comes with the repository or the program.</summary>
internal static class MnistFolder
{
    /// <summary>The environment variable that names the only folder to look at.</summary>
    public const string Variable = "PYRITE_DATA";

    /// <summary>The name of the assembly metadata that holds the repository's data folder; the project file writes it.</summary>
    private const string BuiltFromKey = "PyriteDataFolder";

    /// <summary>The data folder of the repository the library was built from; null where the build did not write it down.</summary>
    public static string? BuiltFrom =>
        typeof(MnistFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(pair => pair.Key == BuiltFromKey)?.Value;

    /// <summary>Looks where this process can look.</summary>
    public static string Find() =>
        Find(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory, BuiltFrom, Directory.GetCurrentDirectory());

    /// <summary>The first folder with all four files.</summary>
    /// <param name="chosen">The folder the user named, which rules out all others; null or empty for none.</param>
    /// <param name="program">Where the program lies.</param>
    /// <param name="builtFrom">The data folder of the repository the library was built from, if known.</param>
    /// <param name="working">The working folder.</param>
    public static string Find(string? chosen, string program, string? builtFrom, string working)
    {
        List<string> candidates = string.IsNullOrEmpty(chosen)
            ? [.. Upwards(program), .. builtFrom is null ? [] : new[] { Path.Combine(builtFrom, "mnist") }, .. Upwards(working)]
            : [Path.Combine(chosen, "mnist"), chosen];
        return candidates.FirstOrDefault(HoldsAllFiles) ?? throw NotFound(candidates.Distinct(), chosen);
    }

    private static IEnumerable<string> Upwards(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "data", "mnist");
        }
    }

    private static bool HoldsAllFiles(string folder) => MnistFile.All.All(file => file.FindIn(folder) is not null);

    private static DirectoryNotFoundException NotFound(IEnumerable<string> candidates, string? chosen)
    {
        string because = string.IsNullOrEmpty(chosen) ? "" : $" {Variable} is set to \"{chosen}\", so no other folder was looked at.";
        string remedy = $"Call Mnist.Download(folder) and then Mnist.Load(folder), or set {Variable} to a folder that holds them.";
        return new(
            $"Cannot find MNIST: expected one folder with {string.Join(", ", MnistFile.All.Select(file => file.PackedName))} (or without "
                + $".gz).{because} {remedy} Looked in:{string.Concat(candidates.Select(folder => Environment.NewLine + "  " + folder))}");
    }
}
