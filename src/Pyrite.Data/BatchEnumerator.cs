using System.Collections;
using System.Diagnostics;

namespace Pyrite;

/// <summary>One pass over the data: hands out a batch while the one after it is filled.</summary>
/// <remarks>Filling depends on the order alone, so who fills, and when, changes no bit of a batch.</remarks>
internal sealed class BatchEnumerator : IEnumerator<Batch>
{
    private readonly DataLoader loader;
    private readonly BatchWorkspace workspace;
    private readonly Activity? activity;
    private readonly Action fillNext;
    private Batch? current;
    private WorkerJob? filling;
    private int taken;
    private bool isDisposed;

    /// <summary>Starts the pass; the workspace's order is set. The activity, if there is one, ends with the pass.</summary>
    public BatchEnumerator(DataLoader loader, BatchWorkspace workspace, int epoch, Activity? activity)
    {
        this.activity = activity;
        this.loader = loader;
        this.workspace = workspace;
        fillNext = () => workspace.Next.Fill(epoch, RowsOf(taken));
    }

    /// <inheritdoc/>
    public Batch Current =>
        current
            ?? throw new InvalidOperationException("Cannot read the current batch: none has been asked for yet, or the pass has ended. Use foreach.");

    object IEnumerator.Current => Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        current = null;
        workspace.Current.Retire();
        if (taken == loader.BatchCount)
        {
            return false;
        }
        bool isObserved = LoaderSignals.IsOn;
        long start = isObserved ? LoaderSignals.Now : 0;
        FinishFilling();
        workspace.Swap();
        current = workspace.Current.Open(RowsOf(taken).Length);
        taken++;
        if (isObserved)
        {
            LoaderSignals.Record(current.Count, start);
        }
        if (loader.Prefetch && taken < loader.BatchCount)
        {
            filling = Workers.Start(fillNext);
        }
        return true;
    }

    /// <summary>Ends the pass; the last batch lives on until the loader is asked for another.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }
        isDisposed = true;
        try
        {
            filling?.Wait();
        }
        catch (Exception)
        {
            // This batch was never asked for; raising its trouble here would hide the error, if any, that ends the loop.
        }
        loader.TakeBack(workspace);
        activity?.SetTag("pyrite.data.batches", taken).Dispose();
    }

    /// <inheritdoc/>
    public void Reset() => throw new NotSupportedException("A pass cannot be started again. Enumerate the loader once more: that is the next epoch.");

    private void FinishFilling()
    {
        if (filling is null)
        {
            fillNext();
            return;
        }
        WorkerJob job = filling;
        filling = null;
        job.Wait();
    }

    private ReadOnlySpan<int> RowsOf(int batch)
    {
        int start = batch * loader.BatchSize;
        return workspace.Order.AsSpan(start, Math.Min(loader.BatchSize, workspace.Order.Length - start));
    }
}
