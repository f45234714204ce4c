using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Pyrite.Serialization;

/// <summary>A file that is being written beside the one it will replace: <c>name.process-number.tmp</c>, of a long
/// name its beginning.</summary>
/// <remarks>It stands in the same folder, because a rename is atomic within one file system only. While it is written it is locked, so that others
/// see it is in use.</remarks>
internal sealed class TemporaryFile(string target) : IDisposable
{
    public const string Ending = ".tmp";

    /// <summary>Characters of the target's name that stand in the temporary's. A name may have 255 bytes, a character up to three, and the numbers
    /// need some of them.</summary>
    private const int MostCharacters = 70;

    private const int MostRefusals = 20;
    private const int PauseMilliseconds = 50;

    private static readonly ConcurrentDictionary<string, bool> InUse = new(StringComparer.Ordinal);
    private static long made;

    private readonly string path = Path.Combine(
        Path.GetDirectoryName(target)!,
        string.Create(CultureInfo.InvariantCulture, $"{BeginningOf(target)}.{Environment.ProcessId}-{Interlocked.Increment(ref made)}{Ending}"));

    /// <summary>The file to be replaced.</summary>
    public string Target => target;

    /// <summary>Writes the content and makes it durable.</summary>
    public void Write(Action<Stream> write)
    {
        InUse[path] = true;
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        write(stream);
        stream.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            // A file that only its owner may read stays so.
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
        }
    }

    /// <summary>Puts it in the place of the target.</summary>
    public void Replace() => Persist(() => File.Move(path, target, overwrite: true), isRefusedWhileOpen: OperatingSystem.IsWindows());

    /// <summary>Replaces a file. Windows refuses that while somebody else has it open, a reader or a virus scanner for instance, so there it is tried
    /// for about a second.</summary>
    internal static void Persist(Action replace, bool isRefusedWhileOpen)
    {
        for (int refusals = 0; ; refusals++)
        {
            try
            {
                replace();
                return;
            }
            catch (Exception problem) when (
                isRefusedWhileOpen && refusals < MostRefusals && problem is IOException or UnauthorizedAccessException)
            {
                Task.Delay(PauseMilliseconds).Wait();
            }
        }
    }

    /// <summary>Removes what was not put in place.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The reason why it was not put in place is on its way to the caller already; the next save clears the rest.
        }
        InUse.TryRemove(path, out _);
    }

    /// <summary>Removes what killed processes have left of earlier saves of a file.</summary>
    public static void Clear(string target)
    {
        string name = BeginningOf(target);
        foreach (string found in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, "*" + Ending))
        {
            string file = Path.GetFileName(found);
            if (file.StartsWith(name + ".", StringComparison.Ordinal) && OwnerOf(file.AsSpan(name.Length + 1)) is int process
                && IsLeft(found, process))
            {
                TryDelete(found);
            }
        }
    }

    /// <summary>The target's name, or the beginning of a long one: names that begin alike clear for each other, which harms nobody.</summary>
    private static string BeginningOf(string target)
    {
        string name = Path.GetFileName(target);
        return name.Length <= MostCharacters ? name : name[..(char.IsHighSurrogate(name[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
    }

    private static int? OwnerOf(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> numbers = rest.Length > Ending.Length ? rest[..^Ending.Length] : "";
        int dash = numbers.IndexOf('-');
        return dash > 0 && int.TryParse(numbers[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(numbers[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? process : null;
    }

    /// <summary>Whether nobody writes it: its process is gone, or has its number from one that is gone.</summary>
    private static bool IsLeft(string file, int process)
    {
        if (process == Environment.ProcessId)
        {
            return !InUse.ContainsKey(file);
        }
        try
        {
            using Process owner = Process.GetProcessById(process);
            return owner.StartTime.ToUniversalTime() > File.GetLastWriteTimeUtc(file);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;      // a process of somebody else, which does not say when it began
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            // Fails where a process that cannot be seen from here, in another container for instance, still writes it.
            using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }
            File.Delete(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Not ours to clear; it does not stand in the way of this save.
        }
    }
}
