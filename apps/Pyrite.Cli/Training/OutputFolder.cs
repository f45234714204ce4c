namespace Pyrite.Cli.Training;

/// <summary>A folder that was found writable before any work was done.</summary>
internal sealed class OutputFolder
{
    private OutputFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes the folder if need be and tries to write a file in it.</summary>
    /// <exception cref="UsageException">The folder cannot be made or written.</exception>
    public static OutputFolder Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            string probe = System.IO.Path.Combine(path, $".write-probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"Cannot write to --output {path}: {problem.Message}", problem);
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file so that a reader finds the old one or the whole new one.</summary>
    public void WriteText(string name, string text)
    {
        string target = PathOf(name);
        string temporary = target + $".{Environment.ProcessId}.partial";
        File.WriteAllText(temporary, text);
        File.Move(temporary, target, overwrite: true);
    }
}
