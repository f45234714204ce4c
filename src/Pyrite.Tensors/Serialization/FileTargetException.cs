namespace Pyrite.Serialization;

/// <summary>What stands at a path is no file that may be replaced.</summary>
internal sealed class FileTargetException(string message) : IOException(message);
