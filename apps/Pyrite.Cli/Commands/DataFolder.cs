using System.CommandLine;

namespace Pyrite.Cli.Commands;

/// <summary>The option <c>--data</c> and what it leads to.</summary>
internal static class DataFolder
{
    public static Option<string?> Option() =>
        new("--data") { Description = "Folder with MNIST's four IDX files; without it, the digits that come with Pyrite." };

    /// <summary>Reads MNIST from a folder, or from the copy that comes with Pyrite.</summary>
    /// <exception cref="UsageException">The folder has no readable data.</exception>
    public static Mnist Load(string? folder)
    {
        try
        {
            return folder is null ? Mnist.Load() : Mnist.Load(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new UsageException(folder is null ? problem.Message : $"Cannot read --data {folder}: {problem.Message}", problem);
        }
    }
}
