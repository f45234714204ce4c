using System.Security.Cryptography;

namespace Pyrite.Images;

/// <summary>A file that is fetched, and how it is known to be the right one.</summary>
/// <param name="Name">What it is called, on a mirror and in a folder.</param>
/// <param name="MostBytes">The most bytes that it may have.</param>
internal abstract record RemoteFile(string Name, long MostBytes)
{
    /// <summary>The path that loading takes; null where the file is not there.</summary>
    public virtual string? FindIn(string folder) => Path.Combine(folder, Name) is var path && File.Exists(path) ? path : null;

    /// <summary>Null if these are the right bytes; else what is wrong with them.</summary>
    public abstract string? FindFault(string path);

    /// <summary>The file is missing from a folder.</summary>
    public FileNotFoundException NotFound(string set, string folder) =>
        new($"Cannot load {set} from \"{folder}\": expected {Name} there; found none. Copy it there, or download it.", Path.Combine(folder, Name));

    /// <summary>Compares the bytes of a file as it lies there.</summary>
    protected static string? FindFault(string path, string sha256)
    {
        using FileStream file = File.OpenRead(path);
        return FindFault(Convert.ToHexStringLower(SHA256.HashData(file)), sha256, "");
    }

    /// <summary>Compares two sums.</summary>
    protected static string? FindFault(string found, string expected, string when) =>
        found == expected ? null : $"wrong bytes: expected SHA-256 {expected}{when}, found {found}";
}
