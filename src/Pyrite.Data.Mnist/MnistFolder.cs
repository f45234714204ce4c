namespace Pyrite;

/// <summary>The folder of MNIST files that the user has named instead of the digits in the library.</summary>
internal static class MnistFolder
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "PYRITE_DATA";

    /// <summary>The folder with the files, or null where none is named.</summary>
    public static string? Find() => Find(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The chosen folder's <c>mnist</c>, or the folder itself.</summary>
    /// <param name="chosen">The folder the user named; null or empty for none.</param>
    /// <exception cref="DirectoryNotFoundException">Neither holds the four files.</exception>
    public static string? Find(string? chosen)
    {
        if (string.IsNullOrEmpty(chosen))
        {
            return null;
        }
        string[] candidates = [Path.Combine(chosen, "mnist"), chosen];
        return candidates.FirstOrDefault(HoldsAllFiles) ?? throw NotFound(candidates, chosen);
    }

    private static bool HoldsAllFiles(string folder) => MnistFile.All.All(file => file.FindIn(folder) is not null);

    private static DirectoryNotFoundException NotFound(string[] candidates, string chosen) =>
        new($"Cannot find MNIST: expected one folder with {string.Join(", ", MnistFile.All.Select(file => file.PackedName))} (or without .gz); "
            + $"found none. {Variable} is set to \"{chosen}\", so no other digits were taken. Call Mnist.Download(folder) and set {Variable} to that "
            + "folder, or unset it to load the digits in the library. Looked in:"
            + string.Concat(candidates.Select(folder => Environment.NewLine + "  " + folder)));
}
