namespace Pyrite.Conversion;

/// <summary>A column is of a type that tables do not have; becomes an error of the file, or of the object, that holds it.</summary>
internal sealed class ColumnTypeException(string message) : Exception(message);
