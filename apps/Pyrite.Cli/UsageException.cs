namespace Pyrite.Cli;

/// <summary>Something the user asked for cannot be done; the message is the one line they see, and the exit code is 2.</summary>
internal sealed class UsageException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether a problem is the user's, a file's or the system's, and told in one line.</summary>
    public static bool Is(Exception problem) => problem is UsageException or IOException or UnauthorizedAccessException or InvalidDataException;
}
