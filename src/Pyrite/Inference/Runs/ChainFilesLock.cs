using Pyrite.Inference.Exchange;
using Pyrite.Serialization;

namespace Pyrite.Inference.Runs;

/// <summary>Keeps other runs away from files while one run writes them: <c>path.lock</c>, which the system unlocks when a process ends, however it
/// ends.</summary>
internal sealed class ChainFilesLock : IDisposable
{
    private const int UnixWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharing = unchecked((int)0x80070020);

    private readonly FileStream stream;

    private ChainFilesLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">Another run has it, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static ChainFilesLock Take(string path)
    {
        string file = path + ".lock", folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        FileTarget.RequireBeginning(path, ChainFileSet.DrawsOf(path, 0));
        _ = FileTarget.Of(ChainFileSet.StateOf(path, 0));
        try
        {
            // A file that a dead process has left is locked by nobody.
            return new ChainFilesLock(
                new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (IOException problem) when (problem.HResult is UnixWouldBlock or MacWouldBlock or WindowsSharing)
        {
            throw new IOException($"Another run writes to \"{path}\" now. Wait until it has ended, or choose another path.", problem);
        }
        catch (FileNotFoundException)
        {
            throw FileTarget.NoNewFiles(path);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new UnauthorizedAccessException(
                $"Chains cannot write to \"{path}\": access to the folder \"{folder}\" is denied. Choose one that may be written.", problem);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => stream.Dispose();
}
