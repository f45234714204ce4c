using System.Reflection;
using System.Text.Json;

namespace Pyrite.Inference.Saving;

/// <summary>The version that wrote a file, for messages about files that this one does not read.</summary>
internal static class FileVersion
{
    /// <summary>The version of this library.</summary>
    public static string Own { get; } =
        (typeof(FileVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+')[0];

    /// <summary>Refuses another format, naming both versions.</summary>
    /// <exception cref="FormatException">The format is another one.</exception>
    public static void Require(JsonElement root, int format)
    {
        int found = root.GetProperty("format").GetInt32();
        if (found != format)
        {
            string version = root.TryGetProperty("version", out JsonElement name) ? name.GetString() ?? "unknown" : "of an unknown number";
            throw new FormatException(
                $"it was written by Pyrite {version} in format {found}; this is Pyrite {Own}, which reads format {format}. Read it with the version "
                    + "that wrote it");
        }
    }
}
