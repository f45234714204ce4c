
namespace Pyrite.Serialization;

/// <summary>Replaces files as a whole or not at all. Every writer of the libraries and of the command line goes through here.</summary>
/// <remarks>
/// A symbolic link is written through; a folder, a device, a pipe or a socket is refused. Temporaries of processes that were killed are removed by
/// the next save of the same file.
/// </remarks>
internal static class AtomicFile
{
    /// <summary>A temporary can vanish only where another system shares the folder and takes it for one that a killed process left; then it is
    /// written again.</summary>
    private const int Trials = 3;

    /// <summary>Writes a temporary file beside the target, makes it durable and renames it.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The path names no regular file, or the disk is full; what stood there is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write) => WriteSet([KeyValuePair.Create(path, write)]);

    /// <summary>The same for content in memory.</summary>
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>Writes several files that belong together: none is replaced before all are written.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist.</exception>
    /// <exception cref="IOException">A path names no regular file, or the disk is full; what stood there is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written.</exception>
    public static void WriteSet(IReadOnlyList<KeyValuePair<string, Action<Stream>>> files)
    {
        for (int trial = 1; !IsWritten(files, trial == Trials); trial++)
        {
        }
    }

    /// <returns>Whether all are written; false where a temporary has vanished.</returns>
    private static bool IsWritten(IReadOnlyList<KeyValuePair<string, Action<Stream>>> files, bool isLastTrial)
    {
        List<TemporaryFile> written = [];
        string at = "";
        try
        {
            foreach ((string path, Action<Stream> write) in files)
            {
                at = path;
                string target = FileTarget.Of(path);
                TemporaryFile.Clear(target);
                TemporaryFile temporary = new(target);
                written.Add(temporary);
                temporary.Write(write);
            }
            foreach (TemporaryFile temporary in written)
            {
                at = temporary.Target;
                temporary.Replace();
            }
            return true;
        }
        catch (FileNotFoundException vanished) when (vanished.FileName?.EndsWith(TemporaryFile.Ending, StringComparison.Ordinal) == true)
        {
            return isLastTrial ? throw FileTarget.NoNewFiles(at) : false;
        }
        catch (DirectoryNotFoundException)
        {
            _ = FileTarget.Of(at);
            throw;
        }
        catch (PathTooLongException)
        {
            throw FileTarget.TooLong(at);
        }
        catch (IOException problem) when (problem is not (FileNotFoundException or FileTargetException))
        {
            throw new IOException($"Cannot write \"{at}\": {FileTarget.Reason(problem)} What stood there before is unchanged.", problem);
        }
        catch (UnauthorizedAccessException problem) when (problem.InnerException is not UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"Cannot write \"{at}\": {FileTarget.Reason(problem)} Choose a folder that may be written.",
                problem);
        }
        finally
        {
            written.ForEach(temporary => temporary.Dispose());
        }
    }
}
