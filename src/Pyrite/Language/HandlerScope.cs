using Pyrite.Language;


namespace Pyrite;

/// <summary>The stretch of code in which a handler is active; disposing it restores what was before, whatever happened inside.</summary>
public readonly ref struct HandlerScope : IDisposable
{
    private readonly int depth;
    private readonly bool isOpen;

    internal HandlerScope(int depth)
    {
        this.depth = depth;
        isOpen = true;
    }

    /// <summary>Ends the scope, and every scope that was opened inside and not ended.</summary>
    public void Dispose()
    {
        if (isOpen)
        {
            HandlerStack.Restore(depth);
        }
    }
}
