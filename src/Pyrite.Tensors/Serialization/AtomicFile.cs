namespace Pyrite.Serialization;

/// <summary>Replaces a file as a whole or not at all.</summary>
internal static class AtomicFile
{
    private static long written;

    /// <summary>Writes a temporary file beside the target, makes it durable and renames it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref written)}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
