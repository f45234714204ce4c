namespace Pyrite;

/// <summary>The floating-point type that tensors get where nothing else decides it.</summary>
/// <remarks>Float32 unless a scope says otherwise; MCMC opens a Float64 scope. Each thread has its own.</remarks>
public static class Precision
{
    [ThreadStatic]
    private static DType current;

    /// <summary>The default type on this thread.</summary>
    public static DType Default => current == DType.Bool ? DType.Float32 : current;

    /// <summary>Makes a type the default until the scope is disposed.</summary>
    /// <param name="type">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">The type is no floating-point type.</exception>
    public static Scope Use(DType type)
    {
        if (!type.IsFloatingPoint)
        {
            throw new ArgumentException($"The default precision is Float32 or Float64; {type} was given.", nameof(type));
        }
        Scope scope = new(current);
        current = type;
        return scope;
    }

    /// <summary>Restores the earlier default when disposed.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly DType earlier;

        internal Scope(DType earlier) => this.earlier = earlier;

        /// <summary>Ends the scope.</summary>
        public void Dispose() => current = earlier;
    }
}
