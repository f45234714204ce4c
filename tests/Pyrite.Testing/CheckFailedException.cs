namespace Pyrite.Testing;

/// <summary>Thrown where a check of this library finds a wrong result; needs no test framework.</summary>
public sealed class CheckFailedException(string message) : Exception(message);
