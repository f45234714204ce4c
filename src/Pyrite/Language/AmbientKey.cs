namespace Pyrite.Language;

/// <summary>Keys for statements that run outside of inference: a counter, so that repeated calls differ and reruns of the program repeat.</summary>
internal static class AmbientKey
{
    [ThreadStatic]
    private static long counter;

    /// <summary>The next key of this thread.</summary>
    public static RandomKey Next() => RandomKey.FromSeed(0).Child("outside inference").Child(counter++);
}
