using Pyrite.Kernels;

namespace Pyrite;

/// <summary>A stretch of work whose tensors are recycled together at its end.</summary>
/// <remarks>Training and sampling loops open one around each step, so that a steady step takes no new memory. A tensor that is used past its scope
/// raises an <see cref="InvalidOperationException"/>; <see cref="Tensor.Keep"/> copies one out. Scopes nest; each belongs to the thread that opened it.</remarks>
public sealed class StepScope : IDisposable
{
    [ThreadStatic]
    private static StepScope? current;

    [ThreadStatic]
    private static Stack<StepScope>? idle;

    private readonly List<Storage> rented = [];
    private StepScope? outer;
    private StoragePool? pool;

    private StepScope()
    {
    }

    /// <summary>The innermost open scope of this thread.</summary>
    internal static StepScope? Current => current;

    /// <summary>Opens a scope; dispose it to recycle everything made inside.</summary>
    public static StepScope Begin()
    {
        StepScope scope = idle is not null && idle.TryPop(out StepScope? used) ? used : new StepScope();
        scope.outer = current;
        scope.pool = StoragePool.Local;
        current = scope;
        return scope;
    }

    /// <summary>Recycles the memory of every tensor made in the scope.</summary>
    /// <exception cref="InvalidOperationException">A scope that was opened later is still open, or the thread is another one.</exception>
    public void Dispose()
    {
        if (pool is null)
        {
            return;
        }
        if (current != this)
        {
            throw new InvalidOperationException("A step scope was closed while a later one is still open, or from another thread. Close scopes in reverse order, on their own thread: use `using`.");
        }
        foreach (Storage storage in rented)
        {
            pool.Return(storage);
        }
        rented.Clear();
        current = outer;
        outer = null;
        pool = null;
        (idle ??= []).Push(this);
    }

    /// <summary>A block that lives until the scope ends.</summary>
    internal Storage Rent(long bytes)
    {
        Storage storage = pool!.Rent(bytes);
        rented.Add(storage);
        return storage;
    }

    /// <summary>Runs an action with no scope open, so that what it makes outlives the current one.</summary>
    internal static T Outside<T>(Func<T> make)
    {
        StepScope? suspended = current;
        current = null;
        try
        {
            return make();
        }
        finally
        {
            current = suspended;
        }
    }
}
