namespace Pyrite.Displays;

/// <summary>Writes that must not end a run: a full disk or a reader that has gone takes the display away, nothing else.</summary>
internal static class LastingOutput
{
    /// <summary>Writes and flushes.</summary>
    /// <returns>Whether that was possible.</returns>
    public static bool Try(TextWriter output, Action<TextWriter> write)
    {
        try
        {
            write(output);
            output.Flush();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }
}
