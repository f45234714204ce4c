namespace Pyrite.Conversion;

/// <summary>Waits for libraries that only offer methods to be awaited.</summary>
internal static class Waiting
{
    /// <summary>Starts something and waits for its end; what it awaits does not come back to this thread, which may be that of a user
    /// interface.</summary>
    public static T For<T>(Func<Task<T>> start)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return start().GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
