using System.Diagnostics;
using System.Globalization;

namespace Pyrite.Testing;

/// <summary>A file system of a few kilobytes in memory, to see what a full disk or one that may only be read does; only where mounting is
/// allowed.</summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Reason = new(FindReason);

    /// <summary>Mounts it.</summary>
    /// <param name="kilobytes">Its size.</param>
    public SmallDisk(int kilobytes)
    {
        Path = Directory.CreateTempSubdirectory("pyrite-disk-").FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k"), "tmpfs", Path))
        {
            throw new InvalidOperationException($"Mounting a small disk at {Path} failed although it worked before.");
        }
    }

    /// <summary>Why tests with such a disk are skipped; null where they can run.</summary>
    public static string? ReasonToSkip => Reason.Value;

    /// <summary>The folder where it stands.</summary>
    public string Path { get; }

    /// <summary>The path of a file on it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Fills it but for some bytes.</summary>
    public void FillBut(int bytes)
    {
        using FileStream stream = new(this["ballast"], FileMode.Create);
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                stream.Write(block);
                stream.Flush();
            }
        }
        catch (IOException)
        {
            stream.SetLength(Math.Max(0, (stream.Length / block.Length * block.Length) - bytes));
        }
    }

    /// <summary>Lets nobody write any more.</summary>
    public bool MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    /// <summary>Takes the disk away.</summary>
    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static string? FindReason()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Small disks are mounted on Linux alone.";
        }
        try
        {
            using SmallDisk disk = new(64);
            return null;
        }
        catch (Exception problem) when (problem is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return "Mounting a small disk is not allowed here.";
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using Process process =
                Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
