using Pyrite.Serialization;

namespace Pyrite.Cli.Training;

/// <summary>A folder that was found writable before any work was done.</summary>
internal sealed class OutputFolder
{
    private readonly Lock gate = new();
    private readonly bool isNew;
    private readonly List<string> saved = [];
    private readonly List<string> unsaved = [];
    private readonly List<string> lost = [];
    private string? firstProblem;
    private bool wasGone;

    private OutputFolder(string path, bool isNew)
    {
        Path = path;
        this.isNew = isNew;
    }

    public string Path { get; }

    /// <summary>Makes the folder if need be and tries to write a file in it.</summary>
    /// <exception cref="UsageException">The folder cannot be made or written.</exception>
    public static OutputFolder Prepare(string path)
    {
        try
        {
            bool isNew = !Directory.Exists(path);
            Directory.CreateDirectory(path);
            string probe = System.IO.Path.Combine(path, $".write-probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new(path, isNew);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"Cannot write to --output {path}: {Reason(path, problem)}", problem);
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file so that a reader finds the old one or the whole new one.</summary>
    public void WriteText(string name, string text) => Save(name, path => AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes one of several things; where that fails the others are still written, and <see cref="RequireSaved"/> tells.</summary>
    /// <param name="name">The name of the file, or the beginning of the names of several.</param>
    /// <param name="write">Writes to the path it is given.</param>
    /// <returns>Whether it was written.</returns>
    public bool Save(string name, Action<string> write)
    {
        try
        {
            MakeAgain();
            try
            {
                write(PathOf(name));
            }
            catch (IOException) when (MakeAgain())
            {
                // It disappeared while this was written.
                write(PathOf(name));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            lock (gate)
            {
                AddOnce(unsaved, name);
                firstProblem ??= problem.Message;
            }
            return false;
        }
        lock (gate)
        {
            AddOnce(saved, name);
        }
        return true;
    }

    /// <summary>Ends the command with an error where something could not be written, or the folder had to be made again.</summary>
    /// <exception cref="UsageException">Not all is well; the message says what was saved and what was not.</exception>
    public void RequireSaved()
    {
        if (saved.Count > 0)
        {
            MakeAgain();
        }
        string rest = saved.Count == 0 ? "Nothing was saved." : $"Saved in {Path}: {string.Join(", ", saved)}.";
        if (firstProblem is not null)
        {
            throw new UsageException($"Cannot save {string.Join(", ", unsaved)}: {firstProblem} {rest}");
        }
        if (wasGone)
        {
            string gone = lost.Count == 0 ? "" : $"Lost with it: {string.Join(", ", lost)}. ";
            throw new UsageException($"The folder {Path} disappeared during the run and was made again. {gone}{rest}");
        }
    }

    /// <summary>Takes the folder away again where it was made for a run that left nothing in it.</summary>
    public void LeaveIfEmpty()
    {
        try
        {
            if (isNew && !Directory.EnumerateFileSystemEntries(Path).Any())
            {
                Directory.Delete(Path);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Somebody else put something there, or took it away: then it is theirs.
        }
    }

    /// <summary>A checkpoint is saved many times under one name.</summary>
    private static void AddOnce(List<string> names, string name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }

    private static string Reason(string path, Exception problem) => problem switch
    {
        _ when path.Length == 0 => "the name is empty. Give the name of a folder.",
        _ when File.Exists(path) => "a file or a device stands there. Give the name of a folder.",
        PathTooLongException => "the name is too long; most file systems take 255 bytes in a name and 4095 in a path. Choose a shorter one.",
        UnauthorizedAccessException => $"{FileTarget.Reason(problem)} Choose a folder that may be written.",
        FileNotFoundException or DirectoryNotFoundException => "no folder can be made there. Choose another one.",
        _ => FileTarget.Reason(problem),
    };

    /// <summary>Makes the folder where it is gone, with all that was saved in it.</summary>
    /// <returns>Whether it was gone.</returns>
    private bool MakeAgain()
    {
        lock (gate)
        {
            if (Directory.Exists(Path))
            {
                return false;
            }
            Directory.CreateDirectory(Path);
            wasGone = true;
            lost.AddRange(saved);
            saved.Clear();
            return true;
        }
    }
}
