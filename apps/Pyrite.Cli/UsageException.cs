namespace Pyrite.Cli;

/// <summary>Something the user asked for cannot be done; the message is the one line they see, and the exit code is 2.</summary>
internal sealed class UsageException(string message, Exception? cause = null) : Exception(message, cause);
