using System.Formats.Tar;
using System.Text;

namespace Pyrite.Serialization;

/// <summary>The regular file that a path stands for.</summary>
internal static class FileTarget
{
    private const int HResultDiskFull = unchecked((int)0x80070070);
    private const int UnixNoSpace = 28;
    private const int UnixQuota = 122;
    private const int LinuxLoop = 40;
    private const int MacLoop = 62;
    private const int AnyProblem = unchecked((int)0x80131620);

    /// <summary>Follows symbolic links to the file that is to be written, which need not exist yet.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileTargetException">A folder, a device, a pipe or a socket stands there, links lead in a circle, or the name is too
    /// long.</exception>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        if (full.EndsWith(Path.DirectorySeparatorChar) || Directory.Exists(full))
        {
            throw new FileTargetException($"Cannot write \"{path}\": it is a folder. Give the name of a file in it.");
        }
        string target = Followed(path, full);
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw File.Exists(folder)
                ? new FileTargetException($"Cannot write \"{path}\": \"{folder}\" is a file, no folder. Choose another path.")
                : new DirectoryNotFoundException($"Cannot write \"{path}\": the folder \"{folder}\" does not exist. Create it first.");
        }
        return IsIrregular(target)
            ? throw new FileTargetException(
                $"Cannot write \"{path}\": a device, pipe or socket stands there, which a file must not replace. Choose another path.")
            : target;
    }

    /// <summary>Refuses a device as the beginning of the names of several files, which would come to lie beside it.</summary>
    /// <param name="path">The beginning.</param>
    /// <param name="first">The first of the files.</param>
    /// <exception cref="FileTargetException">A device, a pipe or a socket stands there.</exception>
    public static void RequireBeginning(string path, string first)
    {
        if (IsIrregular(Followed(path, Path.GetFullPath(path))))
        {
            throw new FileTargetException($"Cannot write \"{path}\": a device, pipe or socket stands there, and the files would lie beside it, the "
                + $"first as \"{first}\". Choose another path.");
        }
    }

    /// <summary>The refusal of a name or a path that the file system does not take.</summary>
    public static FileTargetException TooLong(string path)
    {
        string full = Path.GetFullPath(path);
        int longest = full.Split(Path.DirectorySeparatorChar).Max(Encoding.UTF8.GetByteCount);
        return new($"Cannot write \"{path}\": the path has {Encoding.UTF8.GetByteCount(full)} bytes and the longest name in it {longest}, which is "
            + "too much; most file systems take 4095 and 255. Choose a shorter one.");
    }

    /// <summary>The refusal of a folder that exists, but whose files are the system's alone, such as /proc.</summary>
    public static FileTargetException NoNewFiles(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return new($"Cannot write \"{path}\": the folder \"{folder}\" takes no new files. Choose another folder.");
    }

    /// <summary>What the system says, as a sentence without paths.</summary>
    public static string Reason(Exception problem) => problem switch
    {
        IOException full when full.HResult is HResultDiskFull or UnixNoSpace or UnixQuota => "the disk is full.",
        UnauthorizedAccessException => "access is denied.",
        { InnerException: IOException inner } => Reason(inner),
        _ => WithoutPath(problem.Message).TrimEnd('.') + ".",
    };

    /// <summary>Whether something other than a regular file stands at a path.</summary>
    public static bool IsIrregular(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > 0 || OperatingSystem.IsWindows())
        {
            return false;      // devices and pipes have no length
        }
        // Nothing is opened but an empty regular file: to open a pipe would wait for its other end.
        using MemoryStream description = new();
        try
        {
            using (TarWriter writer = new(description, TarEntryFormat.Pax, leaveOpen: true))
            {
                writer.WriteEntry(path, "file");
            }
        }
        catch (IOException)
        {
            return true;       // a socket cannot stand in an archive
        }
        catch (UnauthorizedAccessException)
        {
            return false;      // a regular file without permission to read
        }
        description.Position = 0;
        using TarReader reader = new(description);
        return reader.GetNextEntry()?.EntryType is not TarEntryType.RegularFile;
    }

    /// <summary>The system names the temporary file, which nobody has asked for: "… : '/folder/file.tmp'".</summary>
    private static string WithoutPath(string message) =>
        message.IndexOf(" : '", StringComparison.Ordinal) is int at and > 0 ? message[..at] : message;

    private static string Followed(string path, string full)
    {
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (FileNotFoundException)
        {
            return full;
        }
        catch (DirectoryNotFoundException)
        {
            return full;
        }
        catch (PathTooLongException)
        {
            throw TooLong(path);
        }
        catch (IOException problem)
        {
            throw new FileTargetException(
                problem.HResult is AnyProblem or LinuxLoop or MacLoop
                    ? $"Cannot write \"{path}\": its symbolic links lead in a circle. Remove the link."
                    : $"Cannot write \"{path}\": {Reason(problem)} Choose another path.");
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new UnauthorizedAccessException($"Cannot write \"{path}\": {Reason(problem)} Choose a folder that may be written.", problem);
        }
    }
}
