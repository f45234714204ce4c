namespace Pyrite.Plotting.Files;

/// <summary>Writes whole files: a reader sees the old file or the new one, never a part.</summary>
internal static class AtomicFile
{
    private static int written;

    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(target);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot write \"{path}\": the folder \"{folder}\" does not exist. Create it first.");
        }

        // In the same folder, because a rename is atomic within one file system only.
        string temporary = $"{target}.{Environment.ProcessId}-{Interlocked.Increment(ref written)}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
