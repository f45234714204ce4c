using System.Runtime.CompilerServices;

namespace Pyrite;

/// <summary>Where the checked-in data lies, told by this file's own place, so that tests do not use the search they test.</summary>
internal static class Repository
{
    public static string MnistFolder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "data", "mnist"));

    private static string Here([CallerFilePath] string path = "") => path;
}
