namespace Pyrite.Serialization;

/// <summary>What stands at a path is no file that may be replaced.</summary>
internal sealed class FileTargetException(string message) : IOException(message)
{
    /// <summary>Whether an error is one; libraries that write files have the class each for itself.</summary>
    public static bool Is(Exception problem) => problem.GetType().FullName == typeof(FileTargetException).FullName;
}
