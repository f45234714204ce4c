using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Programs;
using Pyrite.Programs.Functions;

namespace Pyrite;

/// <summary>A stretch of work whose tensors are recycled together at its end.</summary>
/// <remarks>Training and sampling loops open one around each step, so that a steady step takes no new memory. A tensor that is used past its scope
/// raises an <see cref="InvalidOperationException"/>; <see cref="Tensor.Keep"/> copies one out. Scopes nest; each belongs to the thread that opened
/// it.</remarks>
public sealed class StepScope : IDisposable
{
    [ThreadStatic]
    private static StepScope? current;

    [ThreadStatic]
    private static StepScope? outermost;

    // Scopes are kept for the next step: one for each depth of nesting.
    private readonly List<Storage> rented = [];
    private readonly StoragePool pool = StoragePool.Local;
    private readonly StepScope? outer;
    private StepScope? inner;
    private bool isOpen;

    private StepScope(StepScope? outer)
    {
        this.outer = outer;
        Recorder = new Recorder(this, new StreamCache());
    }

    /// <summary>The innermost open scope of this thread.</summary>
    internal static StepScope? Current => current;

    /// <summary>What watches the operations of this thread; null outside of steps and while a program runs.</summary>
    internal static IStepRecorder? Watching => Recorder.Current;

    /// <summary>Into how many programs reading values has cut the step of this thread so far; 0 where it is not watched.</summary>
    public static int Programs => current?.Recorder.Recorded?.Cuts.Count ?? 0;

    /// <summary>How the step of this thread runs, as far as it has: null where it is not watched; without parts where it is recorded for the first
    /// time.</summary>
    public static ExecutionPlan? RunningPlan =>
        current?.Recorder.Recorded is { } stream ? PlanDescription.OfRuns("a step", stream) : null;

    /// <summary>Whether the operations of this thread are watched by an open scope just now.</summary>
    public static bool IsRecording => Recorder.Current is not null;

    /// <summary>What watches the operations of this scope.</summary>
    internal Recorder Recorder { get; }

    /// <summary>Lets this step follow no earlier one, and keeps no plan of it: for work that runs now and then only.</summary>
    public void RecordAfresh() => Recorder.RecordAfresh();

    /// <summary>Lets this step follow no earlier one, so that <see cref="Describe"/> can tell how it runs.</summary>
    /// <param name="caller">The type of the method that calls the user's code; null where none does.</param>
    public void RecordForDescription(Type? caller = null)
    {
        Recorder.RecordForDescription();
        Recorder.Lifting = caller is null ? null : new OperationPlaces(Recorder, caller, null);
    }

    /// <summary>How the step so far runs when it comes again; it began with <see cref="RecordForDescription"/>.</summary>
    /// <param name="subject">What it is called, such as "a step".</param>
    public ExecutionPlan Describe(string subject) => PlanDescription.OfStep(subject, Recorder);

    /// <summary>Bytes of the blocks that the scope has taken and not given back.</summary>
    internal long RentedBytes => rented.Sum(block => (long)block.Capacity);

    /// <summary>Whether a parameter was written since the scope was opened.</summary>
    internal bool ParametersChanged { get; private set; }

    /// <summary>Opens a scope; dispose it to recycle everything made inside.</summary>
    public static StepScope Begin()
    {
        StepScope? outer = current;

        // While work goes on outside of an open scope, the outermost one is in use.
        StepScope scope = outer is not null ? outer.inner ??= new StepScope(outer)
            : outermost is { isOpen: true } ? new StepScope(null)
            : outermost ??= new StepScope(null);
        current = scope;
        scope.isOpen = true;
        scope.ParametersChanged = false;
        scope.Recorder.Begin();
        return scope;
    }

    /// <summary>Recycles the memory of every tensor made in the scope.</summary>
    /// <exception cref="InvalidOperationException">A scope that was opened later is still open, or the thread is another one.</exception>
    public void Dispose()
    {
        if (!isOpen)
        {
            return;
        }
        if (current != this)
        {
            throw new InvalidOperationException(
                "A step scope was closed while a later one is still open, or from another thread. Close scopes in reverse order, on their own "
                    + "thread: use `using`.");
        }
        Recorder.End();
        foreach (Storage storage in rented)
        {
            pool.Return(storage);
        }
        rented.Clear();
        current = outer;
        isOpen = false;
    }

    /// <summary>Runs everything pending on this thread: memory that it may read is about to be written.</summary>
    internal static void Settle()
    {
        for (StepScope? scope = current; scope is not null; scope = scope.outer)
        {
            scope.Recorder.Settle();
            scope.Recorder.Returned.Restore();
        }
    }

    /// <summary>As <see cref="Settle"/>, when it is parameters that are about to be written.</summary>
    internal static void SettleForUpdate()
    {
        for (StepScope? scope = current; scope is not null; scope = scope.outer)
        {
            scope.Recorder.Settle();
        }
        for (StepScope? scope = current; scope is not null; scope = scope.outer)
        {
            scope.Recorder.Returned.KeepSources();
            scope.ParametersChanged = true;
        }
    }

    /// <summary>A block that lives until the scope ends.</summary>
    internal Storage Rent(long bytes)
    {
        Storage storage = pool.Rent(bytes);
        rented.Add(storage);
        return storage;
    }

    /// <summary>The tensor itself, or a copy that outlives the scope where it lies in the scope's memory.</summary>
    internal Tensor Kept(Tensor tensor) => rented.Exists(tensor.LiesIn) ? tensor.Keep() : tensor;

    /// <summary>Takes a block back before the scope ends; what is read from it later must be computed again.</summary>
    internal void GiveBack(Storage storage)
    {
        if (rented.Remove(storage))
        {
            pool.Return(storage);
        }
    }

    /// <summary>Runs a function with no scope open, so that the tensors it makes outlive the current one; the garbage collector owns them.</summary>
    /// <param name="make">Makes something; what it reads of the open scope is computed first.</param>
    /// <returns>What it makes.</returns>
    public static T Outside<T>(Func<T> make)
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
