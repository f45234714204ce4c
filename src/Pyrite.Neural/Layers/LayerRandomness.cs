namespace Pyrite;

/// <summary>Where layers such as <see cref="Dropout"/> take their randomness from.</summary>
/// <remarks>A training loop opens a scope with the key of each step; then the same key gives the same draws, whatever was drawn before.</remarks>
public static class LayerRandomness
{
    [ThreadStatic]
    private static RandomKey current;

    [ThreadStatic]
    private static long currentScope;

    [ThreadStatic]
    private static long scopes;

    /// <summary>Makes a key the source of randomness on this thread until the scope is disposed.</summary>
    public static Scope Use(RandomKey key)
    {
        Scope scope = new(current, currentScope);
        current = key;
        currentScope = ++scopes;
        return scope;
    }

    /// <summary>Restores the earlier source when disposed.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly RandomKey earlierKey;
        private readonly long earlierScope;

        internal Scope(RandomKey earlierKey, long earlierScope)
        {
            this.earlierKey = earlierKey;
            this.earlierScope = earlierScope;
        }

        /// <summary>Ends the scope.</summary>
        public void Dispose()
        {
            current = earlierKey;
            currentScope = earlierScope;
        }
    }

    /// <summary>Counts the calls of one layer, anew in each scope.</summary>
    internal struct CallCounter
    {
        private long scope;
        private long inScope;
        private long outside;

        /// <summary>The key of the next call.</summary>
        public RandomKey Next(Module layer)
        {
            if (currentScope == 0)
            {
                return layer.KeyOf("layer randomness", "").Child(outside++);
            }
            if (scope != currentScope)
            {
                (scope, inScope) = (currentScope, 0);
            }
            return current.Child(layer.PathOf("")).Child(inScope++);
        }
    }
}
