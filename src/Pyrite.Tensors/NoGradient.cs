namespace Pyrite;

/// <summary>A scope in which nothing is remembered for gradients: cheaper, for evaluation and pictures.</summary>
public static class NoGradient
{
    [ThreadStatic]
    private static int depth;

    /// <summary>Whether operations are being tracked on this thread.</summary>
    public static bool IsOff => depth == 0;

    /// <summary>Opens the scope on this thread; dispose it to track gradients again.</summary>
    public static Scope Begin()
    {
        Scope scope = new(depth);
        depth++;
        return scope;
    }

    /// <summary>Tracks operations again inside a no-gradient scope: for gradients of gradients.</summary>
    public static Scope Suspend()
    {
        Scope scope = new(depth);
        depth = 0;
        return scope;
    }

    /// <summary>Restores the earlier state when disposed.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly int earlier;

        internal Scope(int earlier) => this.earlier = earlier;

        /// <summary>Ends the scope.</summary>
        public void Dispose() => depth = earlier;
    }
}
