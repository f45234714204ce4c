using System.Text.Json;

namespace Pyrite.Testing;

/// <summary>Finds the golden files: reference numbers made by other programs.</summary>
/// <remarks>The folder is the environment variable PYRITE_GOLDEN if set, else tests/golden in the nearest parent of the running program that has
/// it.</remarks>
public static class GoldenFolder
{
    private const string Variable = "PYRITE_GOLDEN";

    /// <summary>The folder that holds ops, neural, distributions and vae.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static string Root { get; } = Find();

    /// <summary>The path of a golden file, for example <c>Path("ops", "unary.json")</c>.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static string Path(params ReadOnlySpan<string> parts)
    {
        string path = System.IO.Path.Combine([Root, .. parts]);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Golden file {path} does not exist.", path);
    }

    /// <summary>Parses a golden JSON file.</summary>
    public static JsonElement Json(params ReadOnlySpan<string> parts)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path(parts)));
        return document.RootElement.Clone();
    }

    private static string Find()
    {
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return Directory.Exists(chosen)
                ? chosen
                : throw new DirectoryNotFoundException($"{Variable} names {chosen}, which is not a folder. Correct or unset it.");
        }
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "tests", "golden");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        throw new DirectoryNotFoundException(
            $"No folder tests/golden in {AppContext.BaseDirectory} or above it. Run from the repository, or set {Variable}.");
    }
}
