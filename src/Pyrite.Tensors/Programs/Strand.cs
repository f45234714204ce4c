namespace Pyrite.Programs;

/// <summary>Which of several independent runs inside a step the operations of this thread belong to: a hint by which plans spread them over
/// threads.</summary>
/// <remarks>Results do not depend on it; what really is independent is read off the operations themselves.</remarks>
internal static class Strand
{
    /// <summary>The number of no strand.</summary>
    public const int None = -1;

    [ThreadStatic]
    private static int above;

    /// <summary>The present strand.</summary>
    public static int Current => above - 1;

    /// <summary>Says to which run the operations belong until the scope is disposed.</summary>
    /// <param name="number">From 0.</param>
    public static Scope Begin(int number)
    {
        Scope scope = new(above);
        above = number + 1;
        return scope;
    }

    /// <summary>Restores the earlier strand when disposed.</summary>
    public readonly ref struct Scope(int earlier)
    {
        /// <summary>Ends the scope.</summary>
        public void Dispose() => above = earlier;
    }
}
